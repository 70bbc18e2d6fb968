create table diary (
  id uuid primary key,
  user_id uuid not null,
  movie_id uuid not null,
  watched_on date,
  -- What lists are ordered by: a viewing nobody dated comes last.
  viewed date not null generated always as (coalesce(watched_on, '-infinity'::date)) stored,
  -- Half stars.
  stars smallint check (stars between 1 and 10),
  liked boolean not null,
  rewatch boolean not null,
  tags text[] not null,
  note text not null,
  visibility text not null check (visibility in ('public', 'followers', 'private')),
  -- Where a ticket for it was admitted.
  theater_name text,
  seen_on date,
  show_id uuid,
  created_at timestamptz not null,
  edition int not null default 1,
  -- The idempotency key it was made under.
  request_key text,
  request_body text,
  requested_at timestamptz
);
create index diary_by_person on diary (user_id, viewed desc, id desc);
create index diary_by_person_and_film on diary (user_id, movie_id, viewed desc, id desc);
create unique index diary_request on diary (request_key) where request_key is not null;

-- Whose ticket was admitted where: once for each show, however many tickets.
create table admissions (
  user_id uuid not null,
  movie_id uuid not null,
  show_id uuid not null,
  theater_name text,
  day date not null,
  primary key (user_id, movie_id, show_id)
);

create table follows (
  follower_id uuid not null,
  followee_id uuid not null check (followee_id <> follower_id),
  followed_at timestamptz not null,
  primary key (follower_id, followee_id)
);
create index follows_by_follower on follows (follower_id, followed_at desc, followee_id desc);
create index follows_by_followee on follows (followee_id, followed_at desc, follower_id desc);
