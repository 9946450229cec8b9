export const trayWords = {} as const
