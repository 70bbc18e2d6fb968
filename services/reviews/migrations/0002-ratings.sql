-- Spread over machines this table is distributed by its first key column: docs/adr/0015.
create table ratings (
  user_id uuid not null,
  movie_id uuid not null,
  -- Half stars, 1 to 10; 0 is a tombstone: what was taken back.
  stars smallint not null check (stars between 0 and 10),
  -- What film_ratings holds of it; where the two differ it is still to be settled.
  counted smallint not null default 0,
  -- Its place in the intake; only a later one replaces it.
  sequence bigint not null,
  rated_at timestamptz not null,
  primary key (user_id, movie_id)
);
create index ratings_unsettled on ratings (movie_id) where counted <> stars;
create index ratings_taken_back on ratings (rated_at) where stars = 0;
create sequence rating_sequence;

-- Always what the counted ratings of a film add up to.
create table film_ratings (
  movie_id uuid primary key,
  version int not null,
  count int not null,
  sum int not null,
  -- From half a star to five stars.
  histogram int[] not null
);

create function add_each(one int[], other int[]) returns int[] language sql immutable strict
return array(select a + b from unnest(one, other) with ordinality as both_of (a, b, place) order by place);
