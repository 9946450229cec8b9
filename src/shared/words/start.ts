export const startWords = {} as const
