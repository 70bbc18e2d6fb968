-- How many are unread is shown on every page.
create index notifications_unread on notifications (user_id) where read_at is null;
