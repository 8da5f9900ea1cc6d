-- The directory of people is walked in this order; what it is searched by lies in the index.
CREATE INDEX people_by_name ON people (name_key, id, email_key, phone);
