-- When a ticket was admitted: what was written before says nothing of that evening.
alter table admissions add column admitted_at timestamptz;

-- The place in the intake of the rating that an admitted ticket's viewing has its stars from; none when its owner gave
-- the viewing stars.
alter table diary add column rating_sequence bigint;
