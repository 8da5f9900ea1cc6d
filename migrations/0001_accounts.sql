-- Organisations that use the vendor's products. The vendor itself is the account whose kind is 1.
CREATE TABLE accounts (
  id         BIGINT PRIMARY KEY,
  kind       BIGINT NOT NULL DEFAULT 0,
  name       TEXT   NOT NULL,
  name_key   TEXT   NOT NULL,
  phone      TEXT   NOT NULL DEFAULT '',
  country    TEXT   NOT NULL DEFAULT 'RU',
  created_at BIGINT NOT NULL,
  version    BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX accounts_by_name ON accounts (name_key, id);
