import { smallSpace } from './small-data.ts'
export const demoSpace = smallSpace
