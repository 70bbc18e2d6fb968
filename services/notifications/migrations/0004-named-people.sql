-- Whom a notice names, so that their erasure takes the name out; what was written before says nothing of that.
alter table notifications add column about_user_id uuid;
create index notifications_about_user on notifications (about_user_id) where about_user_id is not null;
