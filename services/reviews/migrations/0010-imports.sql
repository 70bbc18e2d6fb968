-- What people bring in from elsewhere. The file rests here until it is read, then its rows do.
create table imports (
  id uuid primary key,
  user_id uuid not null,
  file_name text not null,
  file bytea,
  source text,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'doubtful', 'done', 'failed')),
  rows int not null default 0,
  written jsonb not null default '{"ratings":0,"diary":0,"reviews":0,"watchlist":0,"unchanged":0}',
  skipped jsonb not null default '[]',
  skipped_rows int not null default 0,
  problem jsonb,
  -- Whoever works on it has it until then.
  leased_until timestamptz not null default '-infinity',
  -- How often it was begun without getting any further.
  tries int not null default 0,
  created_at timestamptz not null default clock(),
  finished_at timestamptz
);
create index imports_of_person on imports (user_id, id desc);
create index imports_to_do on imports (created_at) where status in ('waiting', 'running');

create table import_films (
  import_id uuid not null references imports on delete cascade,
  key text not null,
  hint jsonb not null,
  state text not null default 'asked' check (state in ('asked', 'found', 'doubtful', 'left-out')),
  movie_id uuid,
  candidates uuid[] not null default '{}',
  rows int not null,
  primary key (import_id, key)
);
create index import_films_by_state on import_films (import_id, state);

create table import_rows (
  import_id uuid not null references imports on delete cascade,
  number int not null,
  film_key text not null,
  file text not null,
  line int not null,
  fact jsonb not null,
  primary key (import_id, number)
);
create index import_rows_of_film on import_rows (import_id, film_key);
