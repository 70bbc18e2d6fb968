create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table seats (
  id bigint primary key,
  label text not null unique,
  price int8 not null default 0,
  facts jsonb not null default '{}',
  free_from timestamptz,
  day date
);
