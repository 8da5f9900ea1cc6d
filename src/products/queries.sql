-- type: products::Product in "products/products.hpp"

-- name: insert_product
INSERT INTO products ({columns}) VALUES ({parameters})

-- name: insert_word
INSERT INTO product_words (word, product_id) VALUES ($1, $2) ON CONFLICT (word, product_id) DO NOTHING

-- name: product_by_id
SELECT {columns} FROM products WHERE id = $1

-- name: product_by_name
SELECT {columns} FROM products WHERE name_key = $1 AND archived = 0

-- name: all_products
SELECT {columns} FROM products ORDER BY position, name_key

-- name: products_with_word
-- Words from $1 up to, but not including, $2.
SELECT DISTINCT {columns:p}
FROM   product_words w
JOIN   products p ON p.id = w.product_id
WHERE  w.word >= $1 AND w.word < $2 AND p.archived = 0
LIMIT  1000

-- name: update_product
UPDATE products
SET    name = $3, name_key = $4, kind = $5, position = $6, archived = $7, aliases = $8, version = version + 1
WHERE  id = $1 AND version = $2

-- name: product_taken
SELECT 1 FROM products WHERE name_key = $1 AND id <> $2

-- name: delete_words
DELETE FROM product_words WHERE product_id = $1
