-- What a group could not take: tried again when it is due, or dead when it is not due any more.
create table set_aside (
  group_name text not null,
  event_id uuid not null,
  event jsonb not null,
  -- So often it was tried.
  tries int not null,
  reason text not null,
  due_at timestamptz,
  failed_at timestamptz not null default clock_timestamp(),
  primary key (group_name, event_id)
);
create index set_aside_due on set_aside (due_at) where due_at is not null;
create index set_aside_dead on set_aside (failed_at desc, event_id desc) where due_at is null;
