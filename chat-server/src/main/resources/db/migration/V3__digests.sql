-- Every event carries a digest of itself and of all events before it, so that what was recorded can be proved.
-- V4, which is Java, fills the new columns and tables from the old ones and drops those.

ALTER TABLE event ADD COLUMN name_key       TEXT; -- of a joined event: equal for two names exactly if they are the same name;
ALTER TABLE event ADD COLUMN request_digest BLOB; -- of a repeatable join: digest of its request id,
ALTER TABLE event ADD COLUMN token_salt     BLOB; -- and the salt from which its token is derived again
ALTER TABLE event ADD COLUMN digest         BLOB NOT NULL DEFAULT x''; -- 16 bytes

ALTER TABLE log     RENAME TO log_v1;
ALTER TABLE session RENAME TO session_v1;

-- One row: what stands in no event. Whoever changes it changes its digest.
CREATE TABLE log (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  epoch           TEXT    NOT NULL, -- identity of this log's life
  lamport_time    INTEGER NOT NULL, -- of the service's clock, if accepted readers moved it past the newest event
  marked_through  INTEGER NOT NULL, -- the sessions below are those after the event at this time
  sessions_digest BLOB    NOT NULL, -- of all of them: their digests, XORed
  removed_through INTEGER NOT NULL, -- events up to this time were removed by retention
  removed_digest  BLOB    NOT NULL, -- of the event at that time
  digest          BLOB    NOT NULL  -- of this row
);

-- The mark: the sessions of present participants as they were after the event at log.marked_through. What happened
-- since then is told by the events after it.
CREATE TABLE session (
  session_id          BLOB    PRIMARY KEY,     -- the first 16 bytes of the token's SHA-256
  participant         TEXT    NOT NULL,
  name_key            TEXT    NOT NULL UNIQUE, -- as in event
  joined_lamport_time INTEGER NOT NULL UNIQUE,
  joined_at           INTEGER NOT NULL,        -- recorded_at of the joined event
  request_digest      BLOB,                    -- as in event
  token_salt          BLOB,
  forgotten_through   INTEGER NOT NULL,        -- the highest sequence of a publish that may not be repeated any more
  recent_publishes    BLOB    NOT NULL,        -- of the last 256 repeatable ones: sequence and Lamport time, 8 bytes each
  digest              BLOB    NOT NULL         -- of this row
) WITHOUT ROWID;
