-- What is searched lives in the search index.
drop index theaters_words;
alter table theaters drop column folded;
