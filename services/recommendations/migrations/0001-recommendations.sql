-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- What people gave, as reviews tells it, in half stars. 0: taken back, kept so that something older cannot undo it.
create table ratings (
  user_id uuid not null,
  movie_id uuid not null,
  stars smallint not null check (stars between 0 and 10),
  sequence bigint not null,
  rated_at timestamptz not null,
  primary key (user_id, movie_id)
);
create index ratings_latest on ratings (user_id, rated_at desc, movie_id desc) include (stars) where stars > 0;

-- What people want to see; for those who rated little.
create table wishes (
  user_id uuid not null,
  movie_id uuid not null,
  listed boolean not null,
  version bigint not null,
  changed_at timestamptz not null,
  primary key (user_id, movie_id)
);

-- A film's nearest films, nearest first, and how near they are.
create table neighbours (
  movie_id uuid primary key,
  others uuid[] not null,
  weights real[] not null
);

-- One row: how many changes there were, and how many the neighbours know of.
create table model (
  one boolean primary key default true check (one),
  changes bigint not null default 0,
  built_changes bigint not null default 0,
  built_at timestamptz,
  took_ms int not null default 0
);
insert into model default values;

create table erased_people (user_id uuid primary key);
