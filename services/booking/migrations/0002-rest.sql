-- While the layout of a show is being changed nothing of it is sold: until booking hears of the change, or until then.
alter table shows add column resting_until timestamptz;
