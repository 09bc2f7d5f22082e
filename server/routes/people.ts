/** /api/people: who works at the caller's site, their roles and PINs. For its supervisors. */
import { Hono } from 'hono'
import { PersonForm, type PersonRecord } from '../../shared/people/wire.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import type { PersonRow, ReadTx } from '../log/log.ts'
import { hashPin, unlocked } from '../people/pin.ts'
import { savePeople } from '../people/save.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { actAt, signedIn } from './caller.ts'
import { problem } from './problem.ts'

export function peopleRoutes(world: World) {
  const { log, hub } = world
  const supervisor = signedIn(world, 'supervisor')
  /** Slow, so before the transaction. */
  const hashOf = async (pin: string | null) => (pin === null ? null : hashPin(pin, world.random))

  return new Hono()
    .get('/api/people', supervisor, async (c) => {
      const { site } = c.get('actor')
      const people = await log.read((tx) => tx.people(site))
      return c.json(people.map(recordOf))
    })
    .post('/api/people', supervisor, async (c) => {
      const { name, roles, pin, active } = await readForm(c, PersonForm)
      const actor = c.get('actor')
      const act = actAt(world, actor)
      const person: PersonRow = {
        id: uuidv7(world.now(), world.random),
        site: actor.site,
        name,
        roles,
        pinHash: await hashOf(pin),
        wrongPins: 0,
        lockedUntil: null,
        revokedAt: active ? null : act.at,
      }
      hub.poke(await log.write((tx) => savePeople(tx, actor.site, [person], act)))
      return c.json(recordOf(person), 201)
    })
    .patch('/api/people/:id', supervisor, async (c) => {
      const { name, roles, pin, active } = await readForm(c, PersonForm)
      const actor = c.get('actor')
      const act = actAt(world, actor)
      const pinHash = await hashOf(pin)
      const { person, heads } = await log.write(async (tx) => {
        const before = await tx.person(c.req.param('id'))
        if (before?.site !== actor.site) throw problem(404, 'no-person')
        const person: PersonRow = {
          ...(pinHash === null ? before : { ...unlocked(before), pinHash }),
          name,
          roles,
          revokedAt: active ? null : (before.revokedAt ?? act.at),
        }
        if (!supervises(person) && !(await others(tx, person)).some(supervises)) throw problem(409, 'last-supervisor')
        return { person, heads: await savePeople(tx, actor.site, [person], act) }
      })
      hub.cut({ person: person.id })
      hub.poke(heads)
      return c.json(recordOf(person))
    })
}

const supervises = ({ roles, pinHash, revokedAt }: PersonRow) => roles.includes('supervisor') && pinHash !== null && revokedAt === null
const others = async (tx: ReadTx, { id, site }: PersonRow) => (await tx.people(site)).filter((person) => person.id !== id)

function recordOf({ id, name, roles, pinHash, lockedUntil, revokedAt }: PersonRow): PersonRecord {
  return { id, name, roles, active: revokedAt === null, hasPin: pinHash !== null, lockedUntil }
}
