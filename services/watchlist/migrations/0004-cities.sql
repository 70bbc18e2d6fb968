-- Null of shows that were told before their city was.
alter table shows add column city text;
