-- Figures of a film as reviews told them last; `sum` in half stars. A narrow table: bursts of ratings write here and
-- leave the films alone.
create table film_ratings (
  movie_id uuid primary key,
  version bigint not null,
  count int not null,
  sum int not null,
  weighed_version bigint not null default -1
) with (fillfactor = 80);
create index film_ratings_to_weigh on film_ratings (movie_id) where version <> weighed_version;

-- The mean of all ratings, in stars, that weighted ratings were last computed with.
create table rating_baseline (
  only_row boolean primary key default true check (only_row),
  mean double precision not null
);
insert into rating_baseline (mean) values (0);

-- What people did with a film on a day (UTC), in points.
create table film_activity (
  movie_id uuid not null,
  day date not null,
  points int not null,
  primary key (movie_id, day)
);
create index film_activity_by_day on film_activity (day);

alter table movies drop column rating_average, drop column rating_count,
  add column trending double precision not null default 0;
create index movies_by_trending on movies (trending, popularity, id);
