-- A film is the document `film`; the columns beside it are what lists filter and sort by.
create table movies (
  id uuid primary key,
  version int not null default 1,
  film jsonb not null,
  year int,
  genres text[] not null,
  folded_title text collate "C" not null,
  sort_title text collate "C" not null,
  newest text collate "C" not null,
  popularity double precision not null default 0,
  rating_average double precision,
  rating_count int not null default 0,
  weighted_rating double precision not null default 0,
  words tsvector not null
);

create unique index movies_imdb on movies ((film -> 'externalIds' ->> 'imdb'))
  where film -> 'externalIds' ->> 'imdb' is not null;
create unique index movies_tmdb on movies ((film -> 'externalIds' ->> 'tmdb'))
  where film -> 'externalIds' ->> 'tmdb' is not null;
create unique index movies_wikipedia on movies ((film -> 'externalIds' ->> 'wikipedia'))
  where film -> 'externalIds' ->> 'wikipedia' is not null;

create index movies_by_popularity on movies (popularity, id);
create index movies_by_rating on movies (weighted_rating, popularity, id);
create index movies_by_date on movies (newest, id);
create index movies_by_title on movies (sort_title, id);
create index movies_of_year on movies (year, popularity, id);
create index movies_of_genre on movies using gin (genres);
create index movies_words on movies using gin (words);
create index movies_folded_title on movies (folded_title, year);
create index movies_title_trigrams on movies using gin (folded_title gin_trgm_ops);

-- Forgives about one typing error in five letters.
create function similar_titles(wanted text, most int)
returns table (id uuid, likeness real)
language sql stable
set pg_trgm.word_similarity_threshold = 0.45
as $$
  select m.id, word_similarity(wanted, m.folded_title)
  from movies m
  where wanted <% m.folded_title
  order by 2 desc, similarity(wanted, m.folded_title) desc, m.popularity desc, m.id desc
  limit most
$$;
