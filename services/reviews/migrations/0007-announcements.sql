-- What was settled and is still to be told, a lot a row. Left as it is: packing it would cost more than keeping it.
create table rating_announcements (
  id bigint generated always as identity primary key,
  user_ids uuid[] not null,
  movie_ids uuid[] not null,
  stars smallint[] not null,
  sequences bigint[] not null,
  rated_at timestamptz[] not null
);
alter table rating_announcements
  alter user_ids set storage external,
  alter movie_ids set storage external,
  alter stars set storage external,
  alter sequences set storage external,
  alter rated_at set storage external;
