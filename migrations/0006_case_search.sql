-- Words of cases. `owner` holds the tokens that narrow a search before any other row is walked: a<account> and
-- p<contact>. The row id is the case's id. Contentless: the text is read from `cases`.
CREATE VIRTUAL TABLE case_words USING fts5 (
  owner, number, subject, description,
  content = '', tokenize = 'otklik', prefix = '3', detail = 'column'
);
