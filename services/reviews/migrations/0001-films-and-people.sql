-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- Our copy of films.
create table movies (
  id uuid primary key,
  version int not null,
  title text not null,
  year int,
  genres text[] not null,
  external_ids jsonb not null default '{}',
  deleted boolean not null default false
);
create index movies_imdb on movies ((external_ids ->> 'imdb')) where external_ids ->> 'imdb' is not null;

-- Our copy of who is who; once erased only the id stays, so that late words about them are ignored.
create table people (
  user_id uuid primary key,
  version int not null,
  handle text not null,
  name text not null,
  joined_at timestamptz not null,
  erased boolean not null default false
);
create index people_by_handle on people (handle) where not erased;

-- What is copied once from the neighbours; no event tells of what was before this service.
create table copied (
  what text primary key,
  -- The last id copied.
  reached uuid,
  done boolean not null default false
);
