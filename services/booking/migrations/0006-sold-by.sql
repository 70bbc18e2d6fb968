-- A sale at the counter is the customer's; who sold it is kept beside, not as whose order it is.
alter table orders add column sold_by uuid;
create index orders_of_seller on orders (sold_by) where sold_by is not null;
-- Sales of the version before, until they have been handed over: then it is empty.
create index orders_of_clerks on orders (id) where channel = 'counter' and user_id is not null;
