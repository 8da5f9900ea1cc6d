-- Words of cases (number, subject, description), each also under the scope of the case's account, so that a company's
-- search walks nothing but its own cases; `owner` holds the contact's scope, which narrows it further. The row id is
-- the case's id. Contentless: the text is read from `cases`.
CREATE VIRTUAL TABLE case_words USING fts5 (
  owner, words,
  content = '', tokenize = 'otklik', detail = 'none', columnsize = 0
);
