-- Whoever was erased; what still comes in their name, on a token not yet ended or from an import, is forgotten again.
create table erased_people (user_id uuid primary key);
