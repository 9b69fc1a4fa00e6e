-- The view of the conversation, from pages.
CREATE VIEW conversation AS
  -- The operator -> leaves a text as JSON has it. JSON escapes U+0000 to U+001F, including U+0000, at which other functions take a
  -- text to end. It escapes \ and ", too, which is undone: U+0001 stands for \ meanwhile, since there is no other one any more.
  WITH
  quoted AS (
    SELECT through, key, value ->> 0 AS lamport_time, value ->> 2 AS recorded_at, value ->> 3 AS type,
           value ->> 4 AS participant, replace(value -> 5, '\\', char(1)) AS text
    FROM page, json_each(page.events)
  ),
  controlled AS (
    SELECT through, key, lamport_time, recorded_at, type, participant,
           replace(replace(replace(replace(substr(text, 2, length(text) - 2),
             '\b', '\u0008'), '\f', '\u000c'), '\"', '"'), char(1), '\') AS text
    FROM quoted
  ),
  escaped1 AS (
    SELECT through, key, lamport_time, recorded_at, type, participant,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text,
             char(127), '\u007f'), char(128), '\u0080'), char(129), '\u0081'),
             char(130), '\u0082'), char(131), '\u0083'), char(132), '\u0084'),
             char(133), '\u0085'), char(134), '\u0086'), char(135), '\u0087'),
             char(136), '\u0088') AS text
    FROM controlled
  ),
  escaped2 AS (
    SELECT through, key, lamport_time, recorded_at, type, participant,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text,
             char(137), '\u0089'), char(138), '\u008a'), char(139), '\u008b'),
             char(140), '\u008c'), char(141), '\u008d'), char(142), '\u008e'),
             char(143), '\u008f'), char(144), '\u0090'), char(145), '\u0091'),
             char(146), '\u0092') AS text
    FROM escaped1
  ),
  escaped3 AS (
    SELECT through, key, lamport_time, recorded_at, type, participant,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text,
             char(147), '\u0093'), char(148), '\u0094'), char(149), '\u0095'),
             char(150), '\u0096'), char(151), '\u0097'), char(152), '\u0098'),
             char(153), '\u0099'), char(154), '\u009a'), char(155), '\u009b'),
             char(156), '\u009c') AS text
    FROM escaped2
  ),
  escaped4 AS (
    SELECT through, key, lamport_time, recorded_at, type, participant,
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text,
             char(157), '\u009d'), char(158), '\u009e'), char(159), '\u009f'),
             char(8232), '\u2028'), char(8233), '\u2029'), char(8234), '\u202a'),
             char(8235), '\u202b'), char(8236), '\u202c'), char(8237), '\u202d'),
             char(8238), '\u202e') AS text
    FROM escaped3
  ),
  escaped5 AS (
    SELECT through, key, lamport_time, recorded_at, type, participant,
           replace(replace(replace(replace(text,
             char(8294), '\u2066'), char(8295), '\u2067'), char(8296), '\u2068'),
             char(8297), '\u2069') AS text
    FROM escaped4
  )
  SELECT lamport_time,
         strftime('%Y-%m-%d %H:%M:%f', recorded_at / 1000000.0, 'unixepoch') AS recorded_at,
         type, participant, text
  FROM escaped5
  ORDER BY through, key;
