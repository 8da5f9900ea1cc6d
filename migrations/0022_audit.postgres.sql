-- What administrators and approvers did, never edited. Names are kept as they were then. Changes: a JSON array of
-- [field, before, after].
CREATE TABLE audit_entries (
  id          BIGINT PRIMARY KEY,
  actor_id    BIGINT NOT NULL,
  actor       TEXT   NOT NULL,
  actor_key   TEXT   NOT NULL,
  act         BIGINT NOT NULL,
  object_id   BIGINT NOT NULL,
  object      TEXT   NOT NULL,
  object_key  TEXT   NOT NULL,
  changes     TEXT   NOT NULL DEFAULT '',
  client      TEXT   NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL
);
CREATE INDEX audit_entries_of_object ON audit_entries (object_id, id);

CREATE FUNCTION refuse_audit_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is never edited';
END
$$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION refuse_audit_edit();
