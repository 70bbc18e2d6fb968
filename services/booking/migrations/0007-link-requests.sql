-- Who asked for the links to their orders: the address only while it waits, then something to count its mails by.
create table link_requests (
  id uuid primary key,
  subject text not null,
  email text,
  asked_at timestamptz not null,
  mailed_at timestamptz
);
create index link_requests_waiting on link_requests (asked_at, id) where email is not null;
create index link_requests_mailed on link_requests (subject, mailed_at) where mailed_at is not null;
