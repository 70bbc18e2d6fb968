-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table users (
  id uuid primary key,
  -- Null once erased.
  email text,
  name text not null,
  handle text not null unique,
  password_hash text,
  admin boolean not null default false,
  preferences jsonb not null default '{}',
  email_verified boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  erased_at timestamptz
);
create unique index users_of_email on users (lower(email)) where email is not null;

-- A session is one family of refresh tokens; its id is in every access token.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_of_user on sessions (user_id) where ended_at is null;

create table refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null,
  replaced_at timestamptz,
  -- The successor, sealed with the replaced token itself: only its bearer can read it.
  sealed_successor bytea
);
create index refresh_tokens_of_session on refresh_tokens (session_id);
create index refresh_tokens_by_age on refresh_tokens (expires_at);

create table revocations (
  position bigint generated always as identity primary key,
  session_id uuid not null,
  ended_at timestamptz not null
);
create index revocations_by_age on revocations (ended_at);

create table login_failures (
  subject text primary key,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz
);

create table one_time_tokens (
  hash bytea primary key,
  user_id uuid not null references users,
  kind text not null check (kind in ('verify-email', 'reset-password')),
  expires_at timestamptz not null
);
create index one_time_tokens_of_user on one_time_tokens (user_id, kind);

create table totp_factors (
  user_id uuid primary key references users,
  secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- The last time step that was used: a code seen once opens nothing twice.
  last_step bigint not null default 0
);
create table recovery_codes (
  user_id uuid not null references users,
  hash bytea not null,
  primary key (user_id, hash)
);

create table signing_keys (
  id text primary key,
  private_key jsonb not null,
  public_key jsonb not null,
  created_at timestamptz not null
);

create table theater_people (
  theater_id uuid not null,
  user_id uuid not null,
  theater_name text not null,
  role text,
  version bigint not null,
  primary key (theater_id, user_id)
);
create index theater_people_of_user on theater_people (user_id) where role is not null;
