import { smallPlan } from './small-data.ts'

export const demoPlan = smallPlan
