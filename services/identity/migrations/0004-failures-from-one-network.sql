-- A network is many people, and an account may be tried from anywhere by anybody: either may fail far more often than
-- one account from one network before it has to wait.
create or replace function allowed_failures(subject text, of_account int) returns int language sql immutable
  as $$ select of_account * case when subject like 'network:%' then 25 when subject like 'account:%' then 8 else 1 end $$;
