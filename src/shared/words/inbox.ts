export const inboxWords = {} as const
