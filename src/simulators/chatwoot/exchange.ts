import type { SimulatorRequest } from '../simulator-server.ts'
import type { World } from './world.ts'

/** One request, and the world it is asked in. */
export interface Exchange {
  readonly world: World
  readonly request: SimulatorRequest
}
