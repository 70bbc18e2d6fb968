-- What a list shows of a film: read by the dozen, and a third of the whole document.
alter table movies add column summary jsonb;
update movies set summary = jsonb_build_object('title', film -> 'title', 'year', film -> 'year',
  'releaseDate', film -> 'releaseDate', 'runtimeMinutes', film -> 'runtimeMinutes', 'genres', film -> 'genres',
  'certificate', film -> 'certificate');
alter table movies alter column summary set not null;

-- A year in any order: walking the whole order for the films of one year is slow.
create index movies_of_year_by_rating on movies (year, weighted_rating, popularity, id);
create index movies_of_year_by_date on movies (year, newest, id);
create index movies_of_year_by_title on movies (year, sort_title, id);
