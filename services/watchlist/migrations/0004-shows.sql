-- Null of shows that were told before their city was.
alter table shows add column city text;
create index cancelled_shows_by_age on cancelled_shows (heard_at);
