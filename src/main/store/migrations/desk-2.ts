/**
 * A conversation has two drafts (to the customer, and among colleagues), files are kept with the draft or the order
 * they belong to, and an order says all of an action. Nothing of what was written before is lost: the drafts there are
 * become drafts of a reply, the replies there are have no files, and a bare `resolve` asks for no answers.
 */
export const desk2 = `
CREATE TABLE draft_by_kind (
  conversation_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  json TEXT NOT NULL,
  PRIMARY KEY (conversation_id, kind)
) STRICT;
INSERT INTO draft_by_kind
  SELECT conversation_id, 'reply', account_id,
    json_object('text', text, 'replyTo', NULL, 'mentions', json('[]'), 'cc', '', 'bcc', '')
  FROM draft;
DROP TABLE draft;
ALTER TABLE draft_by_kind RENAME TO draft;
CREATE INDEX draft_account ON draft (account_id);

UPDATE outbox SET order_json = json_set(order_json,
  '$.isNote', json('false'), '$.replyTo', NULL, '$.mentions', json('[]'),
  '$.files', json('[]'), '$.mail', NULL, '$.template', NULL)
WHERE order_json ->> '$.kind' = 'reply';
UPDATE outbox SET order_json = json_set(order_json, '$.action', json_object('kind', order_json ->> '$.action'))
WHERE order_json ->> '$.kind' = 'action';
UPDATE outbox SET order_json = json_set(order_json, '$.action.answers', json('{}'))
WHERE order_json ->> '$.action.kind' = 'resolve';

-- A file is a draft's until an order takes it over (order_id). Its place is the order of attaching.
-- idle_since is when tidying first saw a file that is not whole; any piece takes that back.
CREATE TABLE file (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  conversation_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  order_id TEXT REFERENCES outbox (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  received_bytes INTEGER NOT NULL DEFAULT 0,
  idle_since REAL
) STRICT;
CREATE INDEX file_draft ON file (conversation_id, kind, place) WHERE order_id IS NULL;
CREATE INDEX file_order ON file (order_id);
CREATE INDEX file_account ON file (account_id);

-- Apart from the file, so that one more piece rewrites none of those before it.
CREATE TABLE piece (
  file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
  start INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (file, start)
) STRICT;
`
