-- name: setting
SELECT value FROM settings WHERE name = $1

-- name: set_setting
INSERT INTO settings (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = $2
