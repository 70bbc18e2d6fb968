-- A network is many people: it may fail far more often than one account before it has to wait.
create function allowed_failures(subject text, of_account int) returns int language sql immutable
  as $$ select case when subject like 'network:%' then of_account * 25 else of_account end $$;
