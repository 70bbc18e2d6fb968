-- Films whose entry in the search index is older than they are; written with what changes them.
create sequence film_marks;
create table films_to_index (
  movie_id uuid primary key,
  mark bigint not null default nextval('film_marks')
);

-- What search was made of before it had an index of its own.
drop function similar_titles(text, int);
drop index movies_words, movies_title_trigrams;
alter table movies drop column words;
