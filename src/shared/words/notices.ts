/** What the agent should know that is no failure. */
export const noticeWords = {
  'notice.assigneeNotRestored':
    'Opened again. {host} would not give it back to {name}; it is assigned to you now.',
  'notice.doneHere':
    '{host} said yes and changed nothing. {name} is done on this computer only: your colleagues still see it open.',
  'notice.sentAfterAll': 'Your reply to {name} did arrive after all.',
  'notice.innerFault':
    'Something went wrong inside Tuntas, and it goes on. Nothing you wrote is lost. If something looks wrong, start Tuntas again; what broke is in the log: {log}',
  'notice.orderRefused': '{name}: {what}',
} as const
