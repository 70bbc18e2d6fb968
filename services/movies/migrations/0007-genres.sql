-- How many films each genre has is counted from this index alone: few sets of genres repeat thousands of times.
create index movies_by_genres on movies (genres);
