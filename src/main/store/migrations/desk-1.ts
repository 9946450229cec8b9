/** Accounts, settings, marks, drafts and the outbox. Whatever hangs on an account goes with it. */
export const desk1 = `
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  added_at REAL NOT NULL,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE mark (
  conversation_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX mark_account ON mark (account_id);

CREATE TABLE draft (
  conversation_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX draft_account ON draft (account_id);

-- AUTOINCREMENT: a place in the queue is never given twice.
CREATE TABLE outbox (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  conversation_id TEXT NOT NULL,
  order_json TEXT NOT NULL,
  state_json TEXT NOT NULL,
  state TEXT NOT NULL GENERATED ALWAYS AS (state_json ->> '$.kind') VIRTUAL,
  created_at REAL NOT NULL,
  attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_open ON outbox (place) WHERE state <> 'sent';
CREATE INDEX outbox_conversation ON outbox (conversation_id, place);
CREATE INDEX outbox_account ON outbox (account_id);
`
