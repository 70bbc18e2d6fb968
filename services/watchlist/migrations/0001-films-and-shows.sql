-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- Our copy of films, as movies tells of them.
create table films (
  id uuid primary key,
  version int not null,
  title text not null,
  year int,
  deleted boolean not null
);
-- How far the films were copied that were there before this service was.
create table copied (what text primary key, reached uuid, done boolean not null default false);

-- Our copy of upcoming shows, as theaters tells of them.
create table shows (
  id uuid primary key,
  version int not null,
  movie_id uuid not null,
  movie_title text not null,
  theater_id uuid not null,
  theater_name text not null,
  lat double precision,
  lon double precision,
  starts_at timestamptz not null,
  local_start text not null,
  cancelled boolean not null
);
create index shows_of_film on shows (movie_id, theater_id, starts_at) where not cancelled;
create index shows_by_start on shows (starts_at);
-- A cancellation may come before what it cancels.
create table cancelled_shows (id uuid primary key, heard_at timestamptz not null);

-- Shows of which the people who wait for their film are still to be told, and how far that is.
create table tidings (
  show_id uuid primary key,
  cursor text,
  taken_until timestamptz not null
);
create index tidings_by_turn on tidings (taken_until);
