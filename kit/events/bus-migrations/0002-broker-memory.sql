-- A queue of this id stands in the broker as long as the broker remembers what it confirmed.
create table broker_memory (
  one boolean primary key default true check (one),
  id uuid not null
);
