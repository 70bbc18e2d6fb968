create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- What OMDb answered last about a film, as it came; `found` is false where it knows none by that id.
create table omdb_answers (
  imdb_id text primary key,
  answer jsonb not null,
  found boolean not null,
  fetched_at timestamptz not null,
  refresh_at timestamptz not null
);
create index omdb_answers_to_refresh on omdb_answers (refresh_at) where found;

-- Requests of a day (UTC), by all instances together. `refused_at`: OMDb itself said that the limit is reached.
create table omdb_days (
  day date primary key,
  asked int not null default 0,
  refused_at timestamptz
);
