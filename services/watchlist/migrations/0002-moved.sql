-- People who said anew where near is, and are still to be told what is on there already.
create table moved (
  user_id uuid primary key,
  taken_until timestamptz not null
);
create index moved_by_turn on moved (taken_until);
