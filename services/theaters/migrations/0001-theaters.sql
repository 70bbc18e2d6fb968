-- What is past and what is upcoming is PostgreSQL's judgement; tests replace this function to move time.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- Great-circle distance by the haversine formula, Earth's mean radius 6371 km.
create function distance_km(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
returns double precision language sql immutable parallel safe as $$
  select 2 * 6371 * asin(least(1, sqrt(
    sin(radians(lat2 - lat1) / 2) ^ 2
    + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)))
$$;

create table theaters (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  folded text collate "C" not null,
  address text not null,
  city text not null,
  country text not null,
  lat double precision,
  lon double precision,
  time_zone text not null,
  currency text not null,
  day_starts_at text not null,
  refund_cutoff_minutes int not null,
  tax_rate_permille int not null,
  booking_fee int not null,
  closed_at timestamptz
);
create index theaters_by_name on theaters (name collate "C", id) where closed_at is null;
create index theaters_by_place on theaters (lat, lon) where closed_at is null;

-- Those who left stay with role null, so that versions of a person at a theater only grow.
create table people (
  theater_id uuid not null references theaters,
  user_id uuid not null,
  role text check (role in ('owner', 'staff')),
  version int not null,
  primary key (theater_id, user_id)
);
create index people_of_user on people (user_id) where role is not null;

-- Named by their content: written once, never changed.
create table layouts (
  id text primary key,
  seats int not null,
  zones text[] not null,
  layout jsonb not null
);

create table screens (
  id uuid primary key,
  theater_id uuid not null references theaters,
  name text not null,
  layout_id text not null references layouts,
  cleaning_minutes int not null,
  trailer_minutes int not null,
  removed_at timestamptz
);
create unique index screens_of_theater on screens (theater_id, lower(name)) where removed_at is null;

create table ticket_types (
  theater_id uuid not null references theaters,
  key text not null,
  name text not null,
  proof text,
  channels text[] not null,
  requires text[] not null,
  position int generated always as identity,
  primary key (theater_id, key)
);

create table price_cards (
  id uuid primary key,
  theater_id uuid not null references theaters,
  name text not null,
  days int[],
  from_time text,
  until_time text,
  prices jsonb not null
);
create index price_cards_of_theater on price_cards (theater_id);

-- Our copy of what movies says.
create table movies (
  id uuid primary key,
  version int not null,
  title text not null,
  runtime_minutes int,
  deleted boolean not null default false
);

create table shows (
  id uuid primary key,
  version int not null default 1,
  status text not null default 'scheduled' check (status in ('scheduled', 'cancelled')),
  theater_id uuid not null references theaters,
  screen_id uuid not null references screens,
  movie_id uuid not null references movies,
  layout_id text not null references layouts,
  starts_at timestamptz not null,
  local_start text not null,
  day text collate "C" not null,
  trailer_minutes int not null,
  runtime_minutes int not null,
  cleaning_minutes int not null,
  busy tstzrange not null,
  format text,
  language text,
  subtitles text,
  access text[] not null,
  -- Frozen at scheduling: who changes a price card does not change what is on sale.
  prices jsonb not null,
  price_from int not null,
  -- How the prices were chosen, for copies of the show: a card, the card that fits the time, or by hand.
  price_card_id uuid references price_cards on delete set null,
  priced_by text not null check (priced_by in ('time', 'card', 'hand')),
  sales_from timestamptz not null,
  -- Two shows never share a screen: trailers, film and cleaning counted.
  constraint screen_busy exclude using gist (screen_id with =, busy with &&) where (status = 'scheduled')
);
create index shows_by_start on shows (starts_at, id) where status = 'scheduled';
create index shows_of_theater on shows (theater_id, starts_at, id) where status = 'scheduled';
create index shows_of_movie on shows (movie_id, starts_at, id) where status = 'scheduled';
create index shows_of_day on shows (day, starts_at, id) where status = 'scheduled';
create index shows_of_theater_day on shows (theater_id, day);
create index shows_of_access on shows using gin (access) where status = 'scheduled' and access <> '{}';
create index shows_of_screen on shows (screen_id, starts_at) where status = 'scheduled';
create index theaters_words on theaters using gin (folded gin_trgm_ops) where closed_at is null;
