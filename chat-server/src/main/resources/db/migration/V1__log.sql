-- The log, and what of its sessions outlives a restart. Times named lamport are Lamport times; wall clock times are
-- microseconds since 1970 (SELECT * FROM conversation shows them as dates).

-- One row: what the log as a whole has reached.
CREATE TABLE log (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  epoch           TEXT    NOT NULL,            -- identity of this log's life
  lamport_time    INTEGER NOT NULL DEFAULT 0,  -- the service's clock; accepted readers move it, too
  newest_event    INTEGER NOT NULL DEFAULT 0,  -- time of the newest event, 0 for none
  removed_through INTEGER NOT NULL DEFAULT 0   -- events up to this time were removed by retention
);

CREATE TABLE event (
  lamport_time             INTEGER PRIMARY KEY,
  previous_lamport_time    INTEGER NOT NULL,   -- of the event before; 0 for the first
  type                     TEXT    NOT NULL CHECK (type IN ('joined', 'published', 'left')),
  participant              TEXT    NOT NULL,
  text                     TEXT    NOT NULL,   -- what was said, or the sentence that tells what happened
  participant_lamport_time INTEGER NOT NULL,   -- of the request that caused it; 0 if none did
  sequence                 INTEGER NOT NULL,   -- of a repeatable publish, else 0
  recorded_at              INTEGER NOT NULL,
  session_id               BLOB    NOT NULL    -- 16 bytes; not the token
);

-- Those who are present.
CREATE TABLE session (
  session_id          BLOB    PRIMARY KEY,     -- the first 16 bytes of the token's SHA-256
  participant         TEXT    NOT NULL,
  name_key            TEXT    NOT NULL UNIQUE, -- equal for two names exactly if they are the same name
  joined_lamport_time INTEGER NOT NULL UNIQUE,
  request_digest      BLOB,                    -- of a repeatable join: digest of its request id,
  token_salt          BLOB                     -- and the salt from which its token is derived again
) WITHOUT ROWID;

-- The last 256 repeatable publishes of each session, in slots that are used in turn.
CREATE TABLE recent_publish (
  session_id   BLOB    NOT NULL,
  slot         INTEGER NOT NULL,
  sequence     INTEGER NOT NULL,
  lamport_time INTEGER NOT NULL,
  PRIMARY KEY (session_id, slot)
) WITHOUT ROWID;

-- For people.
CREATE VIEW conversation AS
  SELECT lamport_time,
         strftime('%Y-%m-%d %H:%M:%f', recorded_at / 1000000.0, 'unixepoch') AS recorded_at,
         type, participant, text
  FROM event
  ORDER BY lamport_time;
