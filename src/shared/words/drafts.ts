/** What was written and not sent. */
export const draftsWords = {
  'command.drafts': 'Drafts and what was not sent',
  'drafts.title': 'Drafts and what was not sent',
  'drafts.none': 'Nothing is half written',
  'drafts.nobody': 'Somebody',
  'drafts.gone': 'This conversation is no longer there. Copy what you need, or throw it away.',
  'drafts.files': { one: '{count} file', other: '{count} files' },
  'drafts.drop': 'Throw it away',
  'row.draft': 'Draft',
  'row.heldBack': {
    one: '{count} later message or action waits for it',
    other: '{count} later messages and actions wait for it',
  },
  'row.waits': '{count} waiting',
} as const
