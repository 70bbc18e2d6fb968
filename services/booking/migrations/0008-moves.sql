-- A show that was moved while somebody had tickets for it: when and where it was before those facts, until all were told.
create table show_moves (
  show_id uuid not null references shows on delete cascade,
  facts_version int not null,
  before json not null,
  moved_at timestamptz not null,
  -- Of the show's orders, by their ids, how far they were told of it.
  told_to uuid,
  primary key (show_id, facts_version)
);
