-- By whom a film has points of a day (UTC), so that nobody earns it more than one. Nobody is named: a mark is a number
-- made of person and film. Forgotten with the points.
create table rating_marks (
  day date not null,
  mark bigint not null,
  primary key (day, mark)
);

-- Wishes as they were last told, and of which day their points are; none have those that are old or taken off.
create table wish_marks (
  mark bigint primary key,
  version bigint not null,
  day date,
  told_on date not null
);
create index wish_marks_by_age on wish_marks (told_on);
