/** POST /api/setup: the first site, its supervisor and their device, once per server, with the code that the server printed. */
import { Hono } from 'hono'
import type { Act } from '../../shared/order/order.ts'
import { type Enrolled, SetupRequest, type SignedIn } from '../../shared/people/wire.ts'
import type { Role } from '../../shared/people/role.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import type { Log, PersonRow, WriteTx } from '../log/log.ts'
import { findCode, hashCode, takeCode } from '../people/code.ts'
import { addDevice, enrolled } from '../people/enrol.ts'
import { newShift } from '../people/grant.ts'
import { hashPin } from '../people/pin.ts'
import { savePeople } from '../people/save.ts'
import { changeSite } from '../site/change.ts'
import { foundSite } from '../site/found.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { addressOf } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { problem } from './problem.ts'

/** Who sets a site up looks after it, and can take its first orders. */
const FIRST_ROLES: Role[] = ['supervisor', 'service-supervisor']
const HOME = { zone: 'Asia/Taipei', currency: 'TWD' }

export function setupRoutes(world: World) {
  const { log, random } = world
  const tries = createLimit({ now: world.now, most: 10, windowMs: TEN_MINUTES })

  /** One after the other: filling in the example takes several transactions. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  async function setUp(form: SetupRequest, hash: string): Promise<Enrolled & SignedIn> {
    const now = world.now()
    const at = new Date(now).toISOString()
    await log.read(async (tx) => {
      if ((await tx.sites()).length > 0) throw problem(409, 'already-set-up')
      const code = await findCode(tx, 'setup', hash, at)
      if (typeof code === 'string') throw problem(403, code)
    })
    const pinHash = await hashPin(form.pin, random)
    const example = form.example ? await filled(log, now) : null
    if (example === 'not-empty') throw problem(409, 'already-set-up')
    const person: PersonRow = {
      id: uuidv7(now, random),
      site: example?.site ?? uuidv7(now, random),
      name: form.person,
      roles: FIRST_ROLES,
      pinHash,
      wrongPins: 0,
      lockedUntil: null,
      revokedAt: null,
    }
    const act: Act = { by: person.id, name: person.name, at, device: '', command: uuidv7(now, random) }
    const { grant, reply } = await log.write(async (tx) => {
      const code = await takeCode(tx, 'setup', hash, at)
      if (typeof code === 'string') throw problem(403, code)
      await siteFor(tx, { id: person.site, name: form.site, found: example === null, act })
      await savePeople(tx, person.site, [person], act)
      const added = await addDevice(tx, { site: person.site, ...form.device, forkOf: null, now, random })
      return { grant: newShift(added.device, person, now, random), reply: await enrolled(tx, added) }
    })
    return { ...reply, grant: await world.grants.sign(grant) }
  }

  return new Hono().post('/api/setup', async (c) => {
    const form = await readForm(c, SetupRequest)
    const wasRight = tries.take(addressOf(c))
    const hash = await hashCode(log, form.code)
    const reply = await inTurn(() => setUp(form, hash))
    wasRight()
    return c.json(reply, 201)
  })
}

/** Loaded only when it is asked for. */
async function filled(log: Log, now: number) {
  const { fillExample } = await import('../example/example.ts')
  return fillExample({ log, now })
}

/** A new site, or the example's under the name that was asked for. Nobody listens to it yet. */
async function siteFor(tx: WriteTx, { id, name, found, act }: { id: string; name: string; found: boolean; act: Act }): Promise<void> {
  if (!found) await changeSite(tx, id, { name }, act)
  else if ((await tx.sites()).length > 0) throw problem(409, 'already-set-up')
  else await foundSite(tx, { id, name, ...HOME, createdAt: act.at }, act)
}
