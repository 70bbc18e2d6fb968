-- What somebody said a doubtful film is holds for their next file too.
alter table import_films add column settled boolean not null default false;
