-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table mails (
  id uuid primary key,
  -- Stable: what is told again is known again, here and in the reader's mailbox.
  message_id text not null unique,
  kind text not null,
  -- What the mail is made from; emptied once it went out.
  payload jsonb not null,
  user_id uuid,
  -- Known once the mail was made.
  to_address text,
  subject text,
  status text not null default 'queued' check (status in ('queued', 'sent', 'kept', 'failed')),
  attempts int not null default 0,
  next_try_at timestamptz not null,
  last_error text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index mails_due on mails (next_try_at) where status = 'queued';
create index mails_of_address on mails (lower(to_address), id desc);
create index mails_of_user on mails (user_id) where user_id is not null;

create table notifications (
  id uuid primary key,
  user_id uuid not null,
  -- Whatever is told twice is listed once.
  source text not null unique,
  kind text not null,
  title text not null,
  body text not null,
  link text,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notifications_of_user on notifications (user_id, id desc);

create table preferences (
  user_id uuid primary key,
  email boolean not null,
  in_app boolean not null
);
