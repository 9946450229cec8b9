export const chatwootPublicWords = {
  'signIn.chatwootPublic.elsewhere': 'A ticket desk of somebody else',
  'signIn.chatwootPublic.elsewhereHint': 'Where you are the customer: a helpdesk that runs on Chatwoot.',
  'signIn.chatwootPublic.byIdentifiers': 'Identifiers',
  'signIn.chatwootPublic.byIdentifiersHint':
    'The people of that helpdesk gave them to you, or your own system has them.',
  'signIn.chatwootPublic.url': 'Address',
  'signIn.chatwootPublic.urlHint': 'Where that helpdesk is, up to the first slash.',
  'signIn.chatwootPublic.inbox': 'Inbox identifier',
  'signIn.chatwootPublic.inboxHint': 'In the settings of their API inbox. Keep it as you would a password.',
  'signIn.chatwootPublic.contacts': 'Contact identifiers',
  'signIn.chatwootPublic.contactsHint':
    'Who you are there, one to a line; several where you have several. Whoever has one can read and write your tickets.',
  'signIn.chatwootPublic.identifier': 'Your name in their system (only with a hash)',
  'signIn.chatwootPublic.identifierHint':
    'What the identity hash was made of, often an e-mail address or a number.',
  'signIn.chatwootPublic.hash': 'Identity hash (only if they gave you one)',
  'signIn.chatwootPublic.hashHint':
    'Proves who you are, and shows you your tickets in their other inboxes too. Used once and not kept.',
} as const
