export const accountsWords = {} as const
