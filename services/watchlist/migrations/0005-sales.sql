-- Nothing is told of a show that is sold no more, as those of a theater that closed. Endless for what was told of before this.
alter table shows add column on_sale_until timestamptz not null default 'infinity';
