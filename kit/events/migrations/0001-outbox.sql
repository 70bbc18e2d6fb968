create table outbox (
  position bigint generated always as identity primary key,
  id uuid not null,
  name text not null,
  key text not null,
  version bigint not null,
  payload jsonb not null,
  correlation_id text not null,
  traceparent text,
  occurred_at timestamptz not null default clock_timestamp()
);

-- Filled and emptied all day long: keep it small.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create table applied_events (
  group_name text not null,
  event_id uuid not null,
  applied_at timestamptz not null default clock_timestamp(),
  primary key (group_name, event_id)
);
