-- The request that made a row: sent again within a day it answers with that row and makes no second.
alter table theaters add column request_key text, add column request_hash text, add column requested_at timestamptz;
create unique index theaters_of_request on theaters (request_key) where request_key is not null;
alter table price_cards add column request_key text, add column request_hash text, add column requested_at timestamptz;
create unique index price_cards_of_request on price_cards (request_key) where request_key is not null;
