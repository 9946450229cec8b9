/** What the agent should know that is no failure. */
export const noticeWords = {
  'notice.assigneeNotRestored':
    'Opened again. {host} would not give it back to {name}; it is assigned to you now.',
  'notice.sentAfterAll': 'Your reply to {name} did arrive after all.',
  'notice.orderRefused': '{name}: {what}',
} as const
