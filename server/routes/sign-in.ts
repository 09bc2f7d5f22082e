/** POST /api/sign-in: a person and their PIN on an enrolled device → a shift grant. */
import { Hono } from 'hono'
import { type SignedIn, SignInRequest } from '../../shared/people/wire.ts'
import type { PersonRow, WriteTx } from '../log/log.ts'
import { newShift } from '../people/grant.ts'
import { isPin, lockOf, tried, triesLeft, unlocked } from '../people/pin.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { addressOf, enrolledDevice } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { problem } from './problem.ts'

export function signInRoutes(world: World) {
  const { log, random } = world
  const byDevice = createLimit({ now: world.now, most: 20, windowMs: TEN_MINUTES })
  const byAddress = createLimit({ now: world.now, most: 100, windowMs: TEN_MINUTES })

  return new Hono().post('/api/sign-in', enrolledDevice(world), async (c) => {
    const device = c.get('device')
    const { person: id, pin } = await readForm(c, SignInRequest)
    const wasRight = [byDevice.take(device.id), byAddress.take(addressOf(c))]
    const now = world.now()
    const { pinHash, counted } = await log.write(async (tx) => {
      const [person, known] = await admitted(tx, device.site, id)
      const until = lockOf(person, now)
      if (until !== null) throw locked(until, now)
      const after = tried(person, now)
      await tx.savePerson(after)
      return { pinHash: known, counted: after }
    })
    if (!(await isPin(pinHash, pin)))
      throw counted.lockedUntil === null ? problem(403, 'wrong-pin', { left: triesLeft(counted) }) : locked(counted.lockedUntil, now)
    const person = await log.write(async (tx) => {
      const [before, known] = await admitted(tx, device.site, id)
      // Whoever changed the PIN meanwhile meant that the old one ends.
      if (known !== pinHash) throw problem(403, 'wrong-pin', { left: triesLeft(before) })
      await tx.savePerson(unlocked(before))
      return before
    })
    for (const giveBack of wasRight) giveBack()
    return c.json({ grant: await world.grants.sign(newShift(device, person, now, random)) } satisfies SignedIn)
  })
}

/** A person of this site who may come in, with their PIN's hash. Another site's people are not there. */
async function admitted(tx: WriteTx, site: string, id: string): Promise<[PersonRow, string]> {
  const person = await tx.person(id)
  if (person?.site !== site) throw problem(404, 'no-person')
  if (person.revokedAt !== null) throw problem(403, 'person-revoked')
  if (person.pinHash === null) throw problem(403, 'no-pin')
  return [person, person.pinHash]
}

function locked(until: string, now: number) {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000)
  return problem(429, 'pin-locked', { until, seconds, left: 0 }, { 'Retry-After': String(seconds) })
}
