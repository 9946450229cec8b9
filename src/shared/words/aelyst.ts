/** Signing in to Aelyst and respond.io. */
export const aelystWords = {
  'signIn.aelyst.aelyst': 'Aelyst',
  'signIn.aelyst.aelystHint': 'api.aelyst.ai',
  'signIn.aelyst.respondio': 'respond.io',
  'signIn.aelyst.respondioHint': 'api.respond.io',
  'signIn.aelyst.own': 'Another of their kind',
  'signIn.aelyst.ownHint': 'Whose API answers at an address of its own.',
  'signIn.aelyst.byToken': 'Workspace token',
  'signIn.aelyst.byTokenHint': 'One of your workspace, made by an administrator.',
  'signIn.aelyst.url': 'Address of the API',
  'signIn.aelyst.urlHint': 'With its version, such as https://api.example.com/v1.',
  'signIn.aelyst.token': 'Workspace token',
  'signIn.aelyst.tokenHint': 'In the workspace: Settings, Integrations, Developer API.',
  'signIn.aelyst.user': 'Who are you?',
  'signIn.aelyst.userHint':
    'The token is the whole workspace’s and does not say. What is yours is told by this.',
} as const
