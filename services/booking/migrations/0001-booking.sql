-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table layouts (
  id text primary key,
  capacity int not null,
  layout json not null
);

create table people (
  theater_id uuid not null,
  user_id uuid not null,
  role text,
  version bigint not null,
  primary key (theater_id, user_id)
);
create index people_of_user on people (user_id) where role is not null;

-- The point of serialisation: whoever changes claims locks these rows first, in id order, and bumps the version.
-- Narrow, with room on the page, because every bump rewrites the row.
create table shows (
  id uuid primary key,
  version int not null default 0,
  facts_version int not null,
  theater_id uuid not null,
  day date not null,
  sales_from timestamptz not null,
  online_until timestamptz not null,
  counter_until timestamptz not null,
  starts_at timestamptz not null,
  cancelled boolean not null default false,
  -- Cancelled, and orders still wait for their refund.
  winding_down boolean not null default false
) with (fillfactor = 50);
create index shows_of_theater on shows (theater_id, day);
create index shows_winding_down on shows (id) where winding_down;

create table show_facts (
  show_id uuid primary key references shows on delete cascade,
  layout_id text not null,
  capacity int not null,
  facts json not null
);

create table seat_claims (
  show_id uuid not null,
  seat_id text not null,
  order_id uuid not null,
  state text not null check (state in ('held', 'paying', 'sold')),
  expires_at timestamptz not null,
  primary key (show_id, seat_id)
) with (fillfactor = 80);

create table orders (
  id uuid primary key,
  show_id uuid not null,
  status text not null default 'held'
    check (status in ('held', 'paying', 'confirmed', 'partly-refunded', 'refunded', 'expired', 'released')),
  version int not null default 1,
  channel text not null,
  user_id uuid,
  email text,
  -- Kept only while the seats are unpaid, for the cap on holds.
  network text,
  -- Frozen at the hold: [seat, row, number, zone, ticket type, its name, its proof, price].
  seats json not null,
  seat_count int not null,
  total int not null,
  currency text not null,
  tax_rate_permille int not null,
  booking_fee int not null,
  together boolean,
  extended boolean not null default false,
  hold_expires_at timestamptz not null,
  created_at timestamptz not null,
  attempt_id uuid,
  paying_since timestamptz,
  -- The payments service is known to know the attempt.
  attempt_known boolean not null default false,
  movie_id uuid,
  distributor text,
  confirmed_at timestamptz,
  idempotency_scope text,
  idempotency_key text,
  idempotency_body text
) with (fillfactor = 80);
create index orders_to_expire on orders (hold_expires_at) where status = 'held';
create index orders_paying on orders (paying_since) where status = 'paying';
create unique index orders_idempotency on orders (idempotency_scope, idempotency_key) where idempotency_key is not null;
create index orders_of_user on orders (user_id, id desc) where user_id is not null;
create index orders_of_email on orders (lower(email)) where status in ('confirmed', 'partly-refunded', 'refunded');
create index orders_of_show on orders (show_id) where status in ('held', 'paying', 'confirmed', 'partly-refunded');

create table order_lines (
  order_id uuid not null references orders on delete cascade,
  position int not null,
  kind text not null check (kind in ('seat', 'fee', 'discount', 'product')),
  label text not null,
  net int not null,
  tax int not null,
  tax_rate_permille int not null,
  gross int not null check (gross = net + tax),
  primary key (order_id, position)
);

create table tickets (
  id uuid primary key,
  order_id uuid not null references orders,
  show_id uuid not null,
  seat_id text not null,
  seat json not null,
  price int not null,
  fee int not null,
  code text not null,
  admitted_at timestamptz,
  admitted_by uuid,
  refunded_at timestamptz
);
create index tickets_of_order on tickets (order_id);
create index tickets_of_show on tickets (show_id);
-- The second of two keys that must both fail before a seat is sold twice.
create unique index tickets_one_a_seat on tickets (show_id, seat_id) where refunded_at is null;

-- Money owed back: one row a ticket, or one a capture that bought nothing.
create table refunds (
  id uuid primary key,
  order_id uuid not null references orders,
  ticket_id uuid unique references tickets,
  attempt_id uuid,
  amount int not null,
  currency text not null,
  reason text not null check (reason in ('requested', 'show-cancelled', 'seats-gone')),
  status text not null default 'pending' check (status in ('pending', 'done')),
  created_at timestamptz not null,
  asked_at timestamptz,
  done_at timestamptz
);
create unique index refunds_one_a_capture on refunds (attempt_id) where ticket_id is null;
create index refunds_of_order on refunds (order_id);
create index refunds_pending on refunds (asked_at nulls first) where status = 'pending';

create table scans (
  user_id uuid not null,
  scan_id text not null,
  ticket_id uuid,
  answer json not null,
  scanned_at timestamptz not null,
  primary key (user_id, scan_id)
);

-- Idempotency keys of payments and refunds; those of holds live in the order they made.
create table requests (
  scope text not null,
  key text not null,
  body text not null,
  order_id uuid not null,
  attempt_id uuid,
  answer json,
  created_at timestamptz not null,
  primary key (scope, key)
);
create index requests_by_age on requests (created_at);

create table keys (
  id text primary key,
  kind text not null check (kind in ('ticket', 'order-secret')),
  seed bytea not null,
  created_at timestamptz not null default clock_timestamp()
);
