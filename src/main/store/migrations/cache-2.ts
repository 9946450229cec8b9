import { cache1 } from './cache-1.ts'

/**
 * Conversations and messages say more than they did, so what is kept of them is let go and told again, cursors and all.
 * Dropped table by table, children first: deleting row by row would take the words out of the index one at a time.
 * New is `directory`: what an account's pickers offer.
 */
export const cache2 = `
DROP TABLE conversation_words;
DROP TABLE message_words;
DROP TABLE message;
DROP TABLE listed;
DROP TABLE said;
DROP TABLE tally;
DROP TABLE conversation;
DROP TABLE cursor;
${cache1}
CREATE TABLE directory (
  account_id TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;
`
