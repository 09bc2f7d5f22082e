/** Two sites, and in the north one caller of every kind that server/README.md names; an order, a picture and people to ask for. */
import { hash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROLES } from '../../../shared/people/role.ts'
import { readClient } from '../../../server/routes/static.ts'
import { ImportDesk } from '../import/desk.ts'
import { type Call, form, makeFolder, openFloor, Phone, START, trip } from '../floor.ts'

/** `person` is who would sign in there. */
export type Caller = { name: string; from: string; token: string; grant: string; person: string; phone: Phone }
export type Yard = Awaited<ReturnType<typeof openYard>>

/** Their shifts last longer than any test turns the clock. */
const YEAR_MS = 365 * 86_400_000
export const PIN = '24681357'
export const PICTURE = Buffer.from('the picture of order o-north')
export const PICTURE_HASH = hash('sha256', PICTURE)
export const RIDDEN = Buffer.from('the picture of order o-ridden')
export const RIDDEN_HASH = hash('sha256', RIDDEN)
export const PAGE = '<!doctype html><title>回單通</title>'

const pass = { result: 'pass', checks: { quantity: 'pass', appearance: 'pass', labels: 'pass' }, reason: '' }
export const authorised = ({ from, token, grant }: Caller, call: Call = {}): Call => ({ ...call, from, ...(token && { token }), ...(grant && { grant }) })

export async function openYard() {
  const folder = makeFolder()
  const built = join(folder.path, 'built')
  mkdirSync(built)
  writeFileSync(join(built, 'index.html'), PAGE)
  const client = await readClient(built)
  if (!client) throw new Error('nothing built')
  const floor = await openFloor(folder, client)
  for (const site of ['north', 'south']) await floor.foundSite(site)

  const callers = new Map<string, Caller>()
  async function caller(name: string, site: string, ...roles: readonly (typeof ROLES)[number][]): Promise<Caller> {
    const phone = new Phone(floor, await floor.device(site, `device-${name}`.replaceAll(' ', '-')))
    const who = await floor.employ(site, `person-${name}`.replaceAll(' ', '-'), PIN, ...roles)
    await phone.signIn(who, floor.grants, { until: new Date(START + YEAR_MS).toISOString() })
    const each = { name, from: `10.0.1.${callers.size}`, token: phone.token, grant: phone.grants[phone.current] ?? '', person: who.id, phone }
    callers.set(name, each)
    return each
  }
  for (const role of ROLES) await caller(role, 'north', role)
  await caller('elsewhere', 'south', ...ROLES)
  const locked = await caller('device locked out', 'north', ...ROLES)
  const gone = await caller('person let go', 'north', ...ROLES)
  const alone = await caller('device', 'north', ...ROLES)
  callers.set('device', { ...alone, grant: '' })
  const north = await caller('everyone', 'north', ...ROLES)
  callers.set('nobody', { name: 'nobody', from: '10.0.2.1', token: '', grant: '', person: north.person, phone: north.phone })

  // For the doors that change somebody or something of the north.
  await floor.employ('north', 'spare-person', PIN, 'warehouse')
  await floor.device('north', 'spare-device')
  const { phone } = north
  await phone.sync([
    phone.command('PlaceOrder', 'o-north', form('N-north')),
    phone.command('PlaceOrder', 'o-ridden', form('N-ridden')),
    phone.command('Inspect', 'o-north', { ...pass, photos: [PICTURE_HASH] }),
    phone.command('Inspect', 'o-ridden', { ...pass, photos: [RIDDEN_HASH] }),
    phone.command('PutOnTrip', 'o-ridden', trip('person-driver')),
    phone.command('Unheard', 'o-apart-north', {}),
  ])
  for (const bytes of [PICTURE, RIDDEN]) await phone.call('PUT', `/api/blobs/${hash('sha256', bytes)}`, { body: bytes })

  const at = new Date(floor.clock.now).toISOString()
  await floor.log.write(async (tx) => {
    await tx.saveDevice(locked.phone.id, { revokedAt: at })
    const person = await tx.person(gone.person)
    if (person) await tx.savePerson({ ...person, revokedAt: at })
  })

  return {
    floor,
    callers,
    north,
    caller(name: string): Caller {
      const found = callers.get(name)
      if (!found) throw new Error(`nobody is called ${JSON.stringify(name)}; there are ${[...callers.keys()].join(', ')}`)
      return found
    },
    /** An import of the north with one file that is read, looked at as far as `until` says. */
    async import(until: 'read' | 'previewed'): Promise<string> {
      const desk = new ImportDesk(floor, phone)
      await desk.files({ 'orders.csv': ORDERS })
      if (until === 'previewed') await desk.preview()
      return desk.id
    },
    end: () => floor.end(),
  }
}

export const ORDERS = 'Order No,Customer,SKU,Quantity,Unit\nI-1,Lin Paper,BX-204,5,roll\nI-1,Lin Paper,BX-205,x,roll\n'

/** Answers that never end by themselves are let go. */
export async function statusOf(asked: Response | Promise<Response>): Promise<number> {
  const { status, body } = await asked
  await body?.cancel()
  return status
}
