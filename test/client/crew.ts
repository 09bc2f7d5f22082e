/** A floor with people on real phones: the whole engine of each against one server on a real file. */
import { gunzipSync } from 'node:zlib'
import type { Grant } from '../../shared/people/grant.ts'
import type { Role } from '../../shared/people/role.ts'
import { wholeReply } from '../../shared/sync/slim.ts'
import { type SlimReply, type SyncReply, SyncRequest } from '../../shared/sync/wire.ts'
import type { World } from '../../client/world.ts'
import { type Floor, openFloor } from '../server/floor.ts'
import { hand, openPhone, type Phone, type PhoneOptions } from '../support/open-phone.ts'

export type Fetch = World['fetch']
export const EVERYTHING: Role[] = ['service', 'service-supervisor', 'finance', 'warehouse', 'quality', 'shipper', 'supervisor']
const SHIFT_MS = 12 * 3_600_000

export type Crew = Awaited<ReturnType<typeof openCrew>>
export async function openCrew() {
  const floor = await openFloor()
  await floor.site('north')
  await floor.person('north', 'clerk', ...EVERYTHING)
  await floor.person('north', 'picker', 'warehouse')
  await floor.person('north', 'driver', 'driver')
  return crewOn(floor)
}

export function crewOn(first: Floor) {
  const phones: Phone[] = []
  const crew = {
    /** the server that the phones reach now */
    floor: first,
    async grant(device: string, person: string, change: Partial<Grant> = {}): Promise<string> {
      const { now } = crew.floor.clock
      const row = await crew.floor.log.read((tx) => tx.person(person))
      const from = new Date(now).toISOString()
      const until = new Date(now + SHIFT_MS).toISOString()
      const id = `${person}-on-${device}-${now}`
      return crew.floor.grants.sign({ id, site: 'north', device, person, name: person, roles: row?.roles ?? [], from, until, ...change })
    },
    async phone(device: string, person: string, options: PhoneOptions = {}): Promise<Phone> {
      const { id, site, token } = await crew.floor.device('north', device)
      const row = await crew.floor.log.read((tx) => tx.device(id))
      const seat = { id, site, token, number: row?.number ?? 1, grant: await crew.grant(device, person) }
      return crew.add({ name: device, seat, ...options })
    },
    async add(options: PhoneOptions): Promise<Phone> {
      const app = { request: (path: string, init?: RequestInit) => crew.floor.app.request(path, init) }
      const phone = await openPhone({ app, now: () => crew.floor.clock.now, ...options })
      phones.push(phone)
      return phone
    },
    async hand(phone: Phone, person: string) {
      const device = (await phone.db.read('identity'))?.device ?? ''
      await hand(phone, await crew.grant(device, person))
    },
    serverDoc: (id: string) => crew.floor.log.read(async (tx) => (await tx.docs('north', [id])).get(id) ?? null),
    async serverOrder(id: string) {
      const body = (await crew.serverDoc(id))?.body
      if (body?.kind !== 'order') throw new Error(`the server has no order ${id}`)
      return body
    },
    verdicts: (ids: readonly string[]) => crew.floor.log.read((tx) => tx.verdicts('north', ids)),
    async end() {
      for (const phone of phones) await phone.close()
      await crew.floor.end()
    },
  }
  return crew
}

/** What a phone's requests say. */
export function requestIn(init: RequestInit | undefined): SyncRequest | null {
  const { body } = init ?? {}
  if (body === undefined || body === null) return null
  const text = typeof body === 'string' ? body : gunzipSync(Buffer.from(body as ArrayBuffer)).toString('utf8')
  return SyncRequest.parse(JSON.parse(text))
}

export const isSync = (url: string): boolean => url.endsWith('/api/sync')

/** Listens to what is asked and answered at /api/sync. */
export function overheard(hear: (reply: SyncReply) => void = () => undefined): { between(fetch: Fetch): Fetch; requests: SyncRequest[]; replies: SyncReply[] } {
  const requests: SyncRequest[] = []
  const replies: SyncReply[] = []
  return {
    requests,
    replies,
    between: (fetch) => async (url, init) => {
      const response = await fetch(url, init)
      if (!isSync(url)) return response
      const request = requestIn(init)
      const text = await response.text()
      if (request) requests.push(request)
      if (request && response.status === 200) {
        const reply = wholeReply(JSON.parse(text) as SlimReply, request)
        replies.push(reply)
        hear(reply)
      }
      return new Response(text, { status: response.status, headers: plain(response) })
    },
  }
}

const plain = (response: Response) => ({ 'Content-Type': response.headers.get('Content-Type') ?? '' })

/** A line that does what a test tells it: the next answer can be lost, held back, or forged. */
export function badLine() {
  const state = { lose: 0, held: [] as (() => void)[], hold: 0, forge: null as null | ((url: string, init?: RequestInit) => Response | null) }
  return {
    state,
    /** The next answers of /api/sync never arrive, though the server has done what they say. */
    lose: (count = 1) => (state.lose = count),
    hold: (count = 1) => (state.hold = count),
    release: () => state.held.splice(0).forEach((go) => void go()),
    between:
      (fetch: Fetch): Fetch =>
      async (url, init) => {
        const forged = state.forge?.(url, init)
        if (forged) return forged
        const response = await fetch(url, init)
        if (!isSync(url)) return response
        const text = await response.text()
        if (state.lose > 0) {
          state.lose -= 1
          throw new TypeError('Failed to fetch')
        }
        if (state.hold > 0) {
          state.hold -= 1
          await new Promise<void>((resolve) => state.held.push(resolve))
        }
        return new Response(text, { status: response.status, headers: plain(response) })
      },
  }
}
