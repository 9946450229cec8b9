export const wapikitWords = {
  'signIn.wapikit.cloud': 'Wapikit',
  'signIn.wapikit.cloudHint': 'api.wapikit.com',
  'signIn.wapikit.own': 'A Wapikit of your own',
  'signIn.wapikit.ownHint': 'On a server of your company.',
  'signIn.wapikit.byKey': 'API key',
  'signIn.wapikit.byKeyHint': 'Opens the one organization it was made for.',
  'signIn.wapikit.url': 'Address',
  'signIn.wapikit.urlHint': 'Where its API is: mostly the address of your Wapikit with /api at the end.',
  'signIn.wapikit.key': 'API key',
  'signIn.wapikit.keyHint':
    'In Wapikit: Settings, then API access. Only the owners of an organization can read its conversations.',
} as const
