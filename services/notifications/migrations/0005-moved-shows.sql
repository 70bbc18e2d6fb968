-- What of an order's moved show still waits to be told: a later move takes its place.
create index mails_of_moved_shows on mails ((payload ->> 'orderId')) where kind = 'order-show-moved' and status = 'queued';
