-- Each group asks for its own: what another has waiting is not read over.
create index set_aside_due_of_group on set_aside (group_name, due_at, event_id) where due_at is not null;
drop index set_aside_due;
