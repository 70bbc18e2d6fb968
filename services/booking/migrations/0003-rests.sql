-- Each who lets the sales of a show rest has a row, so that the end of one rest wakes nothing for another. Newer facts
-- than those it began with end it. shows.resting_until stays what sales look at: the end of the last rest.
create table show_rests (
  show_id uuid not null references shows on delete cascade,
  rest_id uuid not null,
  facts_version int not null,
  rests_until timestamptz not null,
  primary key (show_id, rest_id)
);
