-- What is forgotten once it is old: orders that nobody ever paid, and what doors scanned.
create index orders_never_paid on orders (created_at) where status in ('expired', 'released') and attempt_id is null;
create index scans_by_age on scans (scanned_at);
