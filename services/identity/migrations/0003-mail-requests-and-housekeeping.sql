-- What asks for a link to set a password: the same row whether or not there is such an account.
create table reset_requests (
  id uuid primary key,
  subject text not null,
  -- Null once it was looked up: nobody's address rests here.
  email text,
  asked_at timestamptz not null,
  mailed_at timestamptz
);
create index reset_requests_waiting on reset_requests (asked_at) where email is not null;
create index reset_requests_mailed on reset_requests (subject, mailed_at) where mailed_at is not null;

alter table one_time_tokens add column created_at timestamptz not null default clock_timestamp();

-- Only successors that may still be asked for are looked through.
create index refresh_tokens_sealed on refresh_tokens (replaced_at) where sealed_successor is not null;

-- They held addresses; from now on a hash of them.
delete from login_failures where subject like 'network:%';
