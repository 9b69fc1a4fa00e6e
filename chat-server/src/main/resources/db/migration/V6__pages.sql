-- A row for each page of events, instead of one for each event: writing and reading them takes a fraction of the time.
-- V7, which is Java, moves the events into pages; V8 makes the view of them.
DROP VIEW conversation;

CREATE TABLE page (
  through INTEGER PRIMARY KEY, -- Lamport time of the page's newest event; pages are appended in order
  digests BLOB    NOT NULL,    -- for each event 32 bytes: its session id (16; not the token), and its digest (16)
  events  TEXT    NOT NULL     -- JSON: an array with an array for each event, in order:
    -- [lamport_time,
    --  previous_lamport_time,    of the event before; 0 for the first
    --  recorded_at,
    --  type,                     'joined', 'published' or 'left'
    --  participant,
    --  text,                     what was said, or the sentence that tells what happened
    --  participant_lamport_time, of the request that caused it; 0 if none did
    --  sequence,                 of a repeatable publish, else 0
    --  and of a joined event:
    --  name_key,                 equal for two names exactly if they are the same name
    --  request_digest,           of a repeatable join: digest of its request id, in hexadecimal digits; else null,
    --  token_salt]               and the salt from which its token is derived again
);
