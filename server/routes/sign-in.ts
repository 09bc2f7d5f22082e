/** POST /api/sign-in: a person and their PIN on an enrolled device → a shift grant. */
import { Hono } from 'hono'
import { type SignedIn, SignInRequest } from '../../shared/people/wire.ts'
import { newShift } from '../people/grant.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { addressOf, enrolledDevice } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { rightPin } from './right-pin.ts'

export function signInRoutes(world: World) {
  const { log, random } = world
  const byDevice = createLimit({ now: world.now, most: 20, windowMs: TEN_MINUTES })
  const byAddress = createLimit({ now: world.now, most: 100, windowMs: TEN_MINUTES })

  return new Hono().post('/api/sign-in', enrolledDevice(world), async (c) => {
    const device = c.get('device')
    const { person: id, pin } = await readForm(c, SignInRequest)
    const wasRight = [byDevice.take(device.id), byAddress.take(addressOf(c))]
    const now = world.now()
    const person = await rightPin(log, { site: device.site, person: id, pin, now })
    for (const giveBack of wasRight) giveBack()
    return c.json({ grant: await world.grants.sign(newShift(device, person, now, random)) } satisfies SignedIn)
  })
}
