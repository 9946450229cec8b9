import type { InstallationPlan } from './plan.ts'
import { smallPlan } from './small-data.ts'

export const demoPlan: InstallationPlan = smallPlan
