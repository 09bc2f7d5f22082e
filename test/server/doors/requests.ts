/** A well-formed request for every door of server/README.md, each good for one answer. */
import { hash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type * as z from 'zod/mini'
import { GENERAL } from '../../../shared/inspection/paper.ts'
import type { Mapping as MappingBody } from '../../../shared/import/wire.ts'
import { FileChoice, Mapping } from '../../../shared/import/wire.ts'
import { DeviceForm, EnrolRequest, PersonForm, QuarantineForm, SetupRequest, SignInRequest } from '../../../shared/people/wire.ts'
import { SiteForm } from '../../../shared/site/site.ts'
import type { RescueWork } from '../../../shared/sync/rescue.ts'
import { sealFor, sealKeys } from '../../../shared/sync/seal.ts'
import { SyncRequest } from '../../../shared/sync/wire.ts'
import { ENROL_MS, issueCode } from '../../../server/people/code.ts'
import { putStandard, Reduced, StandardChange } from '../../../server/site/standards.ts'
import { type Call, form, random } from '../floor.ts'
import { type Caller, ORDERS, PICTURE_HASH, PIN, type Yard } from './yard.ts'

export type Asked = { path: string; call?: Call }
/** `shape` is what its body is read by. */
type Request = { shape?: z.core.$ZodType; ask(yard: Yard, caller: Caller): Asked | Promise<Asked> }

const device = { name: 'a new phone', publicKey: '' }
const person = { name: '陳司機', roles: ['driver'], pin: null, active: true }
const mapping: MappingBody = {
  source: 'Lin',
  base: 'orders.csv',
  joins: [],
  columns: { number: { file: 'orders.csv', column: 0 }, customerName: { file: 'orders.csv', column: 1 }, sku: { file: 'orders.csv', column: 2 }, quantity: { file: 'orders.csv', column: 3 } },
  constants: { unit: 'roll' },
  dates: 'auto',
  decimal: 'auto',
  notGoods: [],
  wholeOnly: false,
}
const codeOfNorth = async ({ floor }: Yard) => (await issueCode(floor.log, { purpose: 'enrol', site: 'north', now: floor.clock.now, lasts: ENROL_MS, random })).code

let made = 0
const { id: _, ...ownStandard } = GENERAL
async function standardOfNorth({ floor, caller }: Yard): Promise<string> {
  const id = `own-${++made}`
  const { person } = caller('supervisor')
  const act = { by: person, name: person, at: new Date(floor.clock.now).toISOString(), device: '', command: id }
  await floor.log.write((tx) => putStandard(tx, 'north', id, { ...ownStandard, was: 0 }, act))
  return id
}
/** A picture that nobody has sent yet. */
function picture(): { path: string; bytes: Buffer } {
  made += 1
  const bytes = Buffer.from(`picture ${made}`)
  return { path: `/api/blobs/${hash('sha256', bytes)}`, bytes }
}

/** Of the north, sealed and not signed. */
async function rescueFile({ floor, north }: Yard): Promise<Uint8Array> {
  made += 1
  const { app, clock, grants } = north.phone.request()
  const work: RescueWork = { format: 1, app, device: north.phone.id, site: 'north', at: clock.wall, clock, grants, commands: [], pictures: [] }
  const { publicKey } = await sealKeys(await floor.log.read((tx) => tx.secret('rescue')))
  const { head, seal } = await sealFor(publicKey)
  return Buffer.concat([head, await seal(gzipSync(JSON.stringify({ work: JSON.stringify(work), signature: '' })))])
}

/** Something in the quarantine of the north that nobody has decided on. */
async function setApart({ floor }: Yard): Promise<number> {
  made += 1
  const row = { site: 'north', device: '', receivedAt: new Date(floor.clock.now).toISOString(), reason: '{"type":"rescue","why":"unsigned"}', body: '{}', digest: `digest ${made}` }
  await floor.log.write((tx) => tx.quarantine([row]))
  return (await floor.log.read((tx) => tx.quarantined('north', 1)))[0]?.id ?? 0
}

export const REQUESTS: { readonly [door: string]: Request } = {
  'POST /api/sync': {
    shape: SyncRequest,
    async ask({ floor }, { phone }) {
      made += 1
      phone.epoch = await floor.log.read((tx) => tx.epoch())
      return { path: '/api/sync', call: { body: phone.request([phone.command('PlaceOrder', `order-${made}`, form(`N-${made}`))]) } }
    },
  },
  'GET /api/snapshot/:scope': { ask: () => ({ path: '/api/snapshot/site:north' }) },
  'GET /api/stream': { ask: () => ({ path: '/api/stream' }) },
  'GET /api/orders/:id/history': { ask: () => ({ path: '/api/orders/o-north/history' }) },
  'HEAD /api/blobs/:sha256': { ask: () => ({ path: `/api/blobs/${PICTURE_HASH}` }) },
  'GET /api/blobs/:sha256': { ask: () => ({ path: `/api/blobs/${PICTURE_HASH}?order=o-north` }) },
  'PUT /api/blobs/:sha256': {
    ask() {
      const { path, bytes } = picture()
      return { path, call: { body: bytes } }
    },
  },
  'PATCH /api/blobs/:sha256': {
    ask() {
      const { path, bytes } = picture()
      return { path, call: { body: bytes, headers: { 'Upload-Offset': '0', 'Upload-Complete': '?1' } } }
    },
  },
  'POST /api/rescue': { ask: async (yard) => ({ path: '/api/rescue', call: { body: await rescueFile(yard) } }) },
  'GET /api/instance': { ask: () => ({ path: '/api/instance' }) },
  'POST /api/setup': {
    shape: SetupRequest,
    ask: async ({ floor }) => ({ path: '/api/setup', call: { body: { code: await floor.setupCode(), site: 'west', person: 'chief', pin: PIN, example: false, device } } }),
  },
  'POST /api/enrol': { shape: EnrolRequest, ask: async (yard) => ({ path: '/api/enrol', call: { body: { code: await codeOfNorth(yard), device, unsent: 0 } } }) },
  'POST /api/sign-in': {
    shape: SignInRequest,
    // A person of the north, wherever they try: who calls from elsewhere is not one.
    ask: ({ north }, { name, person }) => ({ path: '/api/sign-in', call: { body: { person: name === 'elsewhere' ? north.person : person, pin: PIN } } }),
  },
  'GET /api/site': { ask: () => ({ path: '/api/site' }) },
  'PUT /api/site/standards/:id': { shape: StandardChange, ask: () => ({ path: `/api/site/standards/own-${++made}`, call: { body: { ...ownStandard, was: 0 } } }) },
  'PUT /api/site/reduced': { shape: Reduced, ask: () => ({ path: '/api/site/reduced', call: { body: { reduced: true } } }) },
  'DELETE /api/site/standards/:id': { ask: async (yard) => ({ path: `/api/site/standards/${await standardOfNorth(yard)}` }) },
  'PATCH /api/site': { shape: SiteForm, ask: () => ({ path: '/api/site', call: { body: { name: 'renamed', workRules: ['promised'] } } }) },
  'GET /api/people': { ask: () => ({ path: '/api/people' }) },
  'POST /api/people': { shape: PersonForm, ask: () => ({ path: '/api/people', call: { body: { ...person, pin: PIN } } }) },
  'PATCH /api/people/:id': { shape: PersonForm, ask: () => ({ path: '/api/people/spare-person', call: { body: person } }) },
  'POST /api/codes': { ask: () => ({ path: '/api/codes' }) },
  'GET /api/devices': { ask: () => ({ path: '/api/devices' }) },
  'PATCH /api/devices/:id': { shape: DeviceForm, ask: () => ({ path: '/api/devices/spare-device', call: { body: { name: 'spare', revoked: false } } }) },
  'POST /api/devices/fork': { ask: () => ({ path: '/api/devices/fork' }) },
  'GET /api/quarantine': { ask: () => ({ path: '/api/quarantine' }) },
  'POST /api/quarantine/:id': { shape: QuarantineForm, ask: async (yard) => ({ path: `/api/quarantine/${await setApart(yard)}`, call: { body: { outcome: 'discarded', reason: 'seen', pin: PIN } } }) },
  'POST /api/imports': { ask: () => ({ path: '/api/imports' }) },
  'GET /api/imports/:id': { ask: async (yard) => ({ path: `/api/imports/${await yard.import('read')}` }) },
  'DELETE /api/imports/:id': { ask: async (yard) => ({ path: `/api/imports/${await yard.import('read')}` }) },
  'PUT /api/imports/:id/files/:name': { ask: async (yard) => ({ path: `/api/imports/${await yard.import('read')}/files/more.csv`, call: { body: ORDERS } }) },
  'PATCH /api/imports/:id/files/:name': {
    shape: FileChoice,
    ask: async (yard) => ({ path: `/api/imports/${await yard.import('read')}/files/orders.csv`, call: { body: { encoding: 'utf-8', delimiter: ',', sheet: '', headerRow: 1 } } }),
  },
  'DELETE /api/imports/:id/files/:name': { ask: async (yard) => ({ path: `/api/imports/${await yard.import('read')}/files/orders.csv` }) },
  'POST /api/imports/:id/preview': { shape: Mapping, ask: async (yard) => ({ path: `/api/imports/${await yard.import('read')}/preview`, call: { body: mapping } }) },
  'POST /api/imports/:id/take': { ask: async (yard) => ({ path: `/api/imports/${await yard.import('previewed')}/take` }) },
  'GET /api/imports/:id/problems.csv': { ask: async (yard) => ({ path: `/api/imports/${await yard.import('previewed')}/problems.csv` }) },
  'ALL /api/*': { ask: () => ({ path: '/api/orders' }) },
  'GET /healthz': { ask: () => ({ path: '/healthz' }) },
  'GET /*': { ask: () => ({ path: '/orders/o-north' }) },
  'ALL /*': { ask: () => ({ path: '/orders/o-north' }) },
}

export function requestOf(door: string): Request {
  const request = REQUESTS[door]
  if (!request) throw new Error(`test/server/doors/requests.ts knows no well-formed request for ${door}`)
  return request
}

/** The method that a request at this door is made with. */
export const methodOf = (method: string) => (method === 'ALL' ? 'POST' : method)
