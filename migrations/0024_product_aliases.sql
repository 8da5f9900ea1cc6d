-- Other names by which a product is looked up, separated by commas.
ALTER TABLE products ADD COLUMN aliases TEXT NOT NULL DEFAULT '';
