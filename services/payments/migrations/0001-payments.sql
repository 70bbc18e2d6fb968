-- Every judgement about time is PostgreSQL's; tests replace this function to move it.
create function clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- One try to bring an order's money in. Its id is the provider's reference and idempotency key.
create table attempts (
  id uuid primary key,
  -- Null for a capture in the provider's book that nobody here asked for; it is kept to be given back.
  order_id uuid,
  theater_id uuid,
  provider text not null,
  amount int not null check (amount > 0),
  currency text not null,
  -- returned: captured after it had ended; the money goes back by itself.
  status text not null default 'started'
    check (status in ('started', 'pending', 'captured', 'failed', 'returned')),
  reason text,
  provider_id text,
  captured_amount int,
  deadline timestamptz not null,
  created_at timestamptz not null,
  settled_at timestamptz,
  -- When the reconciler asks the provider next; null once there is nothing left to ask.
  check_at timestamptz,
  checks int not null default 0
) with (fillfactor = 80);
create unique index attempts_one_live_an_order on attempts (order_id) where status in ('started', 'pending');
create index attempts_of_order on attempts (order_id);
create index attempts_to_check on attempts (check_at) where check_at is not null;

create table refunds (
  id uuid primary key,
  attempt_id uuid not null references attempts,
  order_id uuid,
  ticket_id uuid,
  amount int not null check (amount > 0),
  currency text not null,
  status text not null default 'pending' check (status in ('pending', 'done')),
  provider_id text,
  created_at timestamptz not null,
  done_at timestamptz,
  try_at timestamptz,
  tries int not null default 0,
  last_error text
);
create unique index refunds_one_a_ticket on refunds (order_id, ticket_id) where ticket_id is not null;
create unique index refunds_one_whole_an_attempt on refunds (attempt_id) where ticket_id is null;
create index refunds_of_attempt on refunds (attempt_id);
create index refunds_to_try on refunds (try_at) where status = 'pending';

-- Double entry. A transaction is (kind, reference): the attempt of a capture, the refund of the other kinds.
create table postings (
  reference uuid not null,
  kind text not null check (kind in ('capture', 'refund-owed', 'refund-paid')),
  account text not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  posted_at timestamptz not null,
  primary key (reference, kind, account, currency)
);
create index postings_of_account on postings (account, currency) include (amount);

create function postings_must_sum_to_zero() returns trigger language plpgsql
  set search_path from current
as $$
begin
  if exists (
    select from postings where reference = new.reference and kind = new.kind
    group by currency having sum(amount) <> 0
  ) then
    raise exception 'the postings of % % do not sum to zero', new.kind, new.reference
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger postings_sum_to_zero after insert on postings
  deferrable initially deferred for each row execute function postings_must_sum_to_zero();

create function postings_are_for_ever() returns trigger language plpgsql as $$
begin
  raise exception 'a posting is never changed: post its opposite' using errcode = 'check_violation';
end $$;
create trigger postings_stay before update or delete or truncate on postings
  execute function postings_are_for_ever();

-- How far each provider's book has been read.
create table books (
  provider text primary key,
  seq bigint not null
);
