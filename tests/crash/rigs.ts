import type { RigKind } from './rig.ts'
import { chatwootPublicRig } from './chatwoot-public-rig.ts'
import { chatwootRig } from './chatwoot-rig.ts'
import { wapikitRig } from './wapikit-rig.ts'

/** The providers a crash run can be of, by their ids. */
export const rigs: Readonly<Record<string, RigKind>> = {
  chatwoot: chatwootRig,
  wapikit: wapikitRig,
  'chatwoot-public': chatwootPublicRig,
}
