/** What is said outside the window: tray, application menu, notifications, and the lines a shell prints. */
export const trayWords = {
  'tray.name': 'Tuntas',
  'tray.quiet': 'Nobody is waiting for you',
  'tray.needsYou': { one: '{count} conversation needs you', other: '{count} conversations need you' },
  'tray.signedOut': 'No account is signed in',
  'tray.trouble': { one: 'One account cannot be reached', other: '{count} accounts cannot be reached' },
  'tray.asOfNow': 'Up to date',
  'tray.asOf': 'As of {age} ago',
  'tray.minutes': { one: '{count} minute', other: '{count} minutes' },
  'tray.hours': { one: '{count} hour', other: '{count} hours' },
  'tray.days': { one: '{count} day', other: '{count} days' },
  'tray.row': '{name} ({account})',
  'tray.rowWaiting': '{name} ({account}) · {wait}',
  'tray.reply': 'Reply',
  'tray.show': 'Show conversation',
  'tray.open': 'Open Tuntas',
  'tray.addAccount': 'Add account …',
  'tray.settings': 'Settings …',
  'tray.quit': 'Quit Tuntas',

  'menu.file': 'File',
  'menu.conversation': 'Conversation',
  'menu.reply': 'Reply',
  'menu.find': 'Find',
  'menu.view': 'View',

  'shell.isAt': 'Tuntas is at {link}',
  'shell.portTaken': 'Port {port} is in use by another program. Choose another with --port, or leave it out.',
  'shell.portForbidden': 'This user may not listen on port {port}. Choose one above 1024.',
  'shell.badArgument': '“{argument}” is not understood. Known are --no-open and --port NUMBER (1 to 65535).',
  'shell.badDemo': 'TUNTAS_DEMO is not what Tuntas expects, so no demo account was added.',
  'shell.demoFailed': 'The demo account could not be added: {reason}',
  'shell.notStarted':
    'Tuntas could not start, for a reason of its own. Nothing is lost: start it again, and if that does not help, report it with the log.',
  'shell.noPage': 'The window’s page has not been built. Run “npm run build” first.',
  'shell.folder':
    'Tuntas cannot keep its data in {folder} ({reason}). Make that folder writable, or set TUNTAS_DATA to another.',
  'shell.store.full':
    'The disk is full, so Tuntas cannot open its data in {folder}. Free some space and start again.',
  'shell.store.failing':
    'The disk did not let Tuntas open its data in {folder}: it is over a limit, or failing. Make room or look after the disk, and start again.',
  'shell.store.readOnly':
    'Tuntas may not write to its data in {folder}. Make that folder writable, or set TUNTAS_DATA to another.',
  'shell.store.locked':
    'Tuntas is already running with the data in {folder}, or another program holds it. Use the window that is open, or stop that program, and start again.',
  'shell.store.corrupt': '{reason} Start Tuntas again; what was sent is safe on your servers.',
  'shell.store.tooNew': 'The data in {folder} was written by a newer Tuntas. Install that one again.',
  'shell.store.noSqlite': 'This Node or Electron was built without SQLite. Tuntas needs Node 24 or newer.',
  'shell.store.noFullText':
    'This Node or Electron was built without SQLite’s full-text search, which Tuntas needs.',
  'shell.store.other': 'Tuntas cannot open its data in {folder} ({reason}).',
  'shell.page.useLink':
    'Open the link that Tuntas printed when it started, exactly as it stands there: it lets this browser in.',
  'shell.page.stranger': 'Only the Tuntas window on this computer may ask this.',
  'shell.page.wrongMethod': 'That cannot be asked in this way.',
  'shell.page.notFound': 'There is nothing here.',
  'shell.page.opening': 'Opening Tuntas.',
  'shell.page.failed': 'Something went wrong inside Tuntas. The log says more.',
} as const
