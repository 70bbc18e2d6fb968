-- What was acknowledged from the queue and is not in ratings yet: whoever gave it reads it back, on any instance.
-- Unlogged, because the queue keeps it too; each can lose what it holds while the other stands.
create unlogged table pending_ratings (
  user_id uuid not null,
  movie_id uuid not null,
  stars smallint not null check (stars between 0 and 10),
  sequence bigint not null,
  rated_at timestamptz not null,
  primary key (user_id, movie_id)
);
create index pending_ratings_late on pending_ratings (rated_at);

-- A rating of the past may have overtaken one that was given here and still waits in the queue: it has to yield.
alter table ratings add column imported boolean not null default false;
