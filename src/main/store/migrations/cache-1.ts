/**
 * What servers told us. The lists read `listed`: one narrow row for each view a conversation is in, by its server's
 * word alone; payloads lie apart in `said`. `tally` counts `listed` and is kept by triggers, so it cannot drift.
 * The numbers of a conversation's messages begin with its own (conversation * 2^20 + n): a thread lies together, and
 * a hit in `message_words` names its conversation without a join.
 * A change of the shape of Conversation or Message costs a step that empties this database.
 */
export const cache1 = `
CREATE TABLE cursor (
  account_id TEXT PRIMARY KEY,
  cursor TEXT NOT NULL
) STRICT;

CREATE TABLE conversation (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  is_gone INTEGER NOT NULL,
  newest_rank REAL NOT NULL,
  last_message_key TEXT,
  is_filled INTEGER NOT NULL DEFAULT 0,
  filled_to TEXT,
  thread_start TEXT,
  is_behind INTEGER NOT NULL GENERATED ALWAYS AS (
    NOT is_gone AND (NOT is_filled OR (last_message_key IS NOT NULL AND last_message_key IS NOT filled_to))
  ) VIRTUAL
) STRICT;
CREATE INDEX conversation_account ON conversation (account_id);
CREATE INDEX conversation_newest ON conversation (newest_rank, id);
CREATE INDEX conversation_behind ON conversation (account_id, newest_rank, id) WHERE is_behind = 1;

CREATE TABLE said (
  num INTEGER PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE listed (
  num INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  view TEXT NOT NULL,
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  newest_rank REAL NOT NULL,
  wait_rank REAL NOT NULL,
  PRIMARY KEY (num, view)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_newest ON listed (view, newest_rank, id);
CREATE INDEX listed_wait ON listed (view, wait_rank, id);
CREATE INDEX listed_account_newest ON listed (account_id, view, newest_rank, id);
CREATE INDEX listed_account_wait ON listed (account_id, view, wait_rank, id);

CREATE TABLE tally (
  account_id TEXT NOT NULL,
  view TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (account_id, view)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER listed_in AFTER INSERT ON listed BEGIN
  INSERT INTO tally (account_id, view, count) VALUES (new.account_id, new.view, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER listed_out AFTER DELETE ON listed BEGIN
  UPDATE tally SET count = count - 1 WHERE account_id = old.account_id AND view = old.view;
END;

CREATE TABLE message (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  sent_at REAL NOT NULL,
  sequence REAL NOT NULL,
  key TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX message_order ON message (conversation, sent_at, sequence, key);

-- Words come folded and parted by spaces (search-words.ts), so the plainest tokenizer keeps them as they are.
-- Merges wait for an idle moment (tidy); on a commit they would stall it.
CREATE VIRTUAL TABLE conversation_words USING fts5(
  words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3 4'
);
CREATE VIRTUAL TABLE message_words USING fts5(
  words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3 4'
);
INSERT INTO conversation_words (conversation_words, rank) VALUES ('automerge', 0), ('crisismerge', 1000);
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0), ('crisismerge', 1000);
CREATE TRIGGER conversation_out AFTER DELETE ON conversation BEGIN
  DELETE FROM conversation_words WHERE rowid = old.num;
END;
CREATE TRIGGER message_out AFTER DELETE ON message BEGIN
  DELETE FROM message_words WHERE rowid = old.num;
END;
`
