-- What was handed to a broker, kept for a day: one that loses what it held is given it again.
create table relayed (
  position bigint primary key,
  id uuid not null,
  name text not null,
  key text not null,
  version bigint not null,
  payload jsonb not null,
  correlation_id text not null,
  traceparent text,
  occurred_at timestamptz not null,
  relayed_at timestamptz not null default clock_timestamp()
);
create index relayed_long_ago on relayed using brin (relayed_at);

-- Which memory of the broker it was handed to: another one knows nothing of it.
create table relayed_to (
  one boolean primary key default true check (one),
  memory uuid not null
);
