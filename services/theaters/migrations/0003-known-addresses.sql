-- Whose address was given when they were invited: whoever is named by id alone keeps it to themselves.
alter table people add column by_address boolean not null default false;
