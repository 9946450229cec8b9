import { hotel } from './demo/hotel.ts'
import { hotelTools } from './demo/hotel-tools.ts'
import { hotelNewcomers, shopNewcomers } from './demo/newcomers.ts'
import { shopOthers } from './demo/shop-others.ts'
import { shop } from './demo/shop-people.ts'
import { shopSpecial } from './demo/shop-special.ts'
import { shopTools } from './demo/shop-tools.ts'
import { shopWaiting } from './demo/shop-waiting.ts'
import type { InstallationPlan } from './plan.ts'

/** What a newcomer sees first: a bicycle shop and a small hotel on one token, in the middle of a busy day. */
export const demoPlan: InstallationPlan = {
  me: { name: 'Robin Sandoval', email: 'robin@example.com' },
  accounts: [
    {
      ...shop,
      tools: shopTools,
      threads: [...shopWaiting, ...shopSpecial, ...shopOthers],
      newcomers: shopNewcomers,
    },
    { ...hotel, tools: hotelTools, newcomers: hotelNewcomers },
  ],
}
