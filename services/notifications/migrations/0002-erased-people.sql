-- An order asked for just before its owner was erased may still name them.
create table erased_people (user_id uuid primary key);
