-- What two people change at once: who names the version they saw overwrites nobody.
alter table screens add column version int not null default 1;
alter table price_cards add column version int not null default 1;
