CREATE TABLE products (
  id         BIGINT PRIMARY KEY,
  name       TEXT   NOT NULL,
  name_key   TEXT   NOT NULL,
  kind       TEXT   NOT NULL DEFAULT '',
  position   BIGINT NOT NULL DEFAULT 0,
  archived   BIGINT NOT NULL DEFAULT 0,
  version    BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX products_by_name ON products (name_key);

-- The words of each name, folded, so that a look-up begins anywhere in it.
CREATE TABLE product_words (
  word       TEXT   NOT NULL,
  product_id BIGINT NOT NULL,
  PRIMARY KEY (word, product_id)
);
