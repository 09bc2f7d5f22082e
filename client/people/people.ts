/** The people at this device: how it is enrolled, who signs in, and whose PIN is checked without a network. */
import { type Grant, readGrant } from '../../shared/people/grant.ts'
import type { Enrolled, PersonCard, SetupRequest, SignedIn, SiteCard } from '../../shared/people/wire.ts'
import { toBase64 } from '../../shared/sync/base64.ts'
import type { Problem } from '../../shared/sync/wire.ts'
import { spoken } from '../api.ts'
import type { DeviceDb, Identity, Unlock } from '../db.ts'
import { call, credentials, type Heard, PATIENCE_MS } from '../sync/line.ts'
import type { Sync } from '../sync/status.ts'
import type { World } from '../world.ts'
import { lockedUntil, TRIES, verifierFor, verifies } from './pin.ts'

/** The server's no, or nobody answered. */
export type No = { problem: Problem } | 'offline'
/** `expired`: no grant of this person runs on this device, so only the server can say. */
export type PinAnswer = 'right' | { wrong: true; left: number } | { lockedUntil: number } | 'expired'
export type SignInAnswer = { grant: Grant } | Exclude<PinAnswer, 'right'> | No
export type EnrolAnswer = { enrolled: { device: string; siteName: string; people: PersonCard[] } } | No

export type People = {
  /** Makes the first site; the device is enrolled and its supervisor signed in. */
  setup(request: Omit<SetupRequest, 'device'> & { name: string }): Promise<SignInAnswer>
  enrol(code: string, name: string): Promise<EnrolAnswer>
  /** Asks the server; when nobody answers, the PIN is checked here while the grant still runs. */
  signIn(person: string, pin: string): Promise<SignInAnswer>
  /** Signs in without asking the server. */
  unlock(person: string, pin: string): Promise<SignInAnswer>
  /** Whether this is the person's PIN: for signing an act. Changes nothing but the count of wrong tries. */
  check(person: string, pin: string): Promise<PinAnswer>
  /** Nobody is at the device any more. What waits stays and goes on being sent. */
  lock(): Promise<void>
  current(): Promise<Grant | null>
  enrolled(): Promise<boolean>
  /** Who may sign in here, by name. */
  cards(): Promise<PersonCard[]>
  /** Asks the server who may; for a device where nobody is signed in. */
  refresh(): Promise<void>
}

export function createPeople(db: DeviceDb, world: World, sync: Pick<Sync, 'poke'>): People {
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Heard | 'offline'> =>
    call(world, path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...spoken(), ...(await credentials(db)), ...headers }, body: JSON.stringify(body) })

  /** The grant becomes the device's, with what checks the PIN while nobody answers. */
  async function admit(token: string, pin: string): Promise<Grant> {
    const grant = readGrant(token)
    if (!grant) throw new Error(`the server gave no grant: ${token.slice(0, 80)}`)
    // It begins now by the server's clock; a device whose own is hours off must not take it for over.
    const offset = Date.parse(grant.from) - world.now()
    const verifier = await verifierFor(pin, world.random)
    await db.transaction('rw', db.meta, async () => {
      const { grants = {}, unlocks = [], clock } = await db.readAll('grants', 'unlocks', 'clock')
      const others = unlocks.filter((unlock) => unlock.person !== grant.person)
      const mine: Unlock[] = verifier ? [{ person: grant.person, grant: grant.id, token, ...verifier, wrong: 0, lockedUntil: 0 }] : []
      await Promise.all([
        db.put('grants', { ...grants, [grant.id]: token }),
        db.put('unlocks', [...others, ...mine]),
        db.put('current', grant.id),
        // A round trip measures it better; this is for the first one, and for a clock that was set since.
        clock && Math.abs(clock.offset - offset) < PATIENCE_MS ? null : db.put('clock', { offset, error: PATIENCE_MS }),
      ])
    })
    sync.poke('signed-in')
    return grant
  }

  async function check(person: string, pin: string): Promise<PinAnswer> {
    const now = world.now()
    // The try is counted before it is looked at, so that tries at the same time, or a reload in the middle, are counted too.
    const tried = await db.transaction('rw', db.meta, async (): Promise<Unlock | { lockedUntil: number } | 'expired'> => {
      const { unlocks = [], current = '', clock } = await db.readAll('unlocks', 'current', 'clock')
      const unlock = unlocks.find((each) => each.person === person)
      // A shift that ends costs nobody the step they are at: who is at the device goes on signing.
      if (!unlock || (unlock.grant !== current && !runs(unlock, serverTime(now, clock)))) return 'expired'
      const locked = Math.min(unlock.lockedUntil, lockedUntil(unlock.wrong, now))
      if (locked > now) {
        // The clock was set back: the wait is no longer than it was meant to be.
        if (locked < unlock.lockedUntil) await putUnlock({ ...unlock, lockedUntil: locked })
        return { lockedUntil: locked }
      }
      const wrong = unlock.wrong + 1
      const next = { ...unlock, wrong, lockedUntil: lockedUntil(wrong, now) }
      await putUnlock(next)
      return next
    })
    if (tried === 'expired' || !('verifier' in tried)) return tried
    if (!(await verifies(pin, tried))) return tried.lockedUntil > now ? { lockedUntil: tried.lockedUntil } : { wrong: true, left: TRIES - tried.wrong }
    await db.transaction('rw', db.meta, async () => putUnlock({ ...tried, wrong: 0, lockedUntil: 0 }))
    return 'right'
  }

  /** Only if it is still of the same grant: a new one has come in meanwhile otherwise. */
  async function putUnlock(unlock: Unlock): Promise<void> {
    const unlocks = (await db.read('unlocks')) ?? []
    await db.put('unlocks', unlocks.map((each) => (each.person === unlock.person && each.grant === unlock.grant ? unlock : each)))
  }

  async function unlock(person: string, pin: string): Promise<SignInAnswer> {
    const answer = await check(person, pin)
    if (answer !== 'right') return answer
    const { unlocks = [], clock } = await db.readAll('unlocks', 'clock')
    const mine = unlocks.find((each) => each.person === person)
    const grant = mine && readGrant(mine.token)
    if (!grant || !runs(mine, serverTime(world.now(), clock))) return 'expired'
    await db.put('current', grant.id)
    sync.poke('signed-in')
    return { grant }
  }

  async function newDevice(name: string): Promise<{ name: string; publicKey: string }> {
    return { name, publicKey: await makeKey(db) }
  }

  /** What was not sent, and under whose grant: it shows a server that has forgotten this device who it was. */
  async function waiting(): Promise<{ unsent: number; grant: Record<string, string> }> {
    const queued = db.outbox.where('state').equals('waiting')
    const [unsent, first, grants = {}] = await Promise.all([queued.clone().count(), queued.clone().first(), db.read('grants')])
    const token = first && grants[first.grant]
    return { unsent, grant: token ? { Grant: token } : {} }
  }

  return {
    async setup({ name, ...request }) {
      const heard = await post('/api/setup', { ...request, device: await newDevice(name) })
      const came = answered<Enrolled & SignedIn>(heard)
      if (came === 'offline' || 'problem' in came) return came
      await become(db, came.value)
      return { grant: await admit(came.value.grant, request.pin) }
    },
    async enrol(code, name) {
      const { unsent, grant } = await waiting()
      const came = answered<Enrolled>(await post('/api/enrol', { code, device: await newDevice(name), unsent }, grant))
      if (came === 'offline' || 'problem' in came) return came
      const { device, site, people } = came.value
      await become(db, came.value)
      sync.poke('start')
      return { enrolled: { device: device.id, siteName: site.name, people } }
    },
    async signIn(person, pin) {
      const heard = await post('/api/sign-in', { person, pin })
      const came = heard === 'offline' || heard.status >= 500 ? 'offline' : answered<SignedIn>(heard)
      if (came === 'offline') {
        const known = (await db.read('unlocks'))?.some((each) => each.person === person)
        return known ? unlock(person, pin) : 'offline'
      }
      return 'problem' in came ? came : { grant: await admit(came.value.grant, pin) }
    },
    unlock,
    check,
    async lock() {
      await db.put('current', '')
      sync.poke('signed-in')
    },
    async current() {
      const { current = '', grants = {} } = await db.readAll('current', 'grants')
      return current === '' ? null : readGrant(grants[current] ?? '')
    },
    enrolled: async () => (await db.read('identity')) !== undefined,
    cards: () => cardsIn(db),
    async refresh() {
      const came = answered<SiteCard>(await call(world, '/api/site', { headers: await credentials(db) }))
      if (came === 'offline' || 'problem' in came) return
      await Promise.all([db.put('cards', came.value.people), db.put('sealKey', came.value.sealKey)])
    },
  }
}

/** What the server's clock says now, as far as it was measured. */
const serverTime = (now: number, clock: { offset: number } | undefined): number => now + (clock?.offset ?? 0)

function runs(unlock: Unlock, now: number): boolean {
  const grant = readGrant(unlock.token)
  return grant !== null && Date.parse(grant.until) > now
}

function answered<T>(heard: Heard | 'offline'): { value: T } | No {
  if (heard === 'offline') return 'offline'
  if (heard.problem) return { problem: heard.problem }
  return heard.status < 300 && heard.json !== null ? { value: heard.json as T } : 'offline'
}

/** The device is what the server says. Work of the same site that was never sent goes with it; copies of another site go. */
async function become(db: DeviceDb, { device, token, site, people, sealKey }: Enrolled): Promise<void> {
  const identity: Identity = { device: device.id, number: device.number, name: device.name, token, site: site.id, siteName: site.name, zone: site.zone, currency: site.currency }
  const was = await db.read('identity')
  // Rare, and most of what talks: not part of the first load.
  if (was?.site === site.id) await (await import('../sync/identity.ts')).takeIdentity(db, was.device, identity)
  await db.transaction('rw', [...db.all(), db.keys], async () => {
    const key = await db.keys.get('coming')
    if (key) await Promise.all([db.keys.put({ ...key, id: 'device' }), db.keys.delete('coming')])
    if (was?.site !== site.id) {
      await Promise.all([...db.copies().map((table) => table.clear()), db.cursors.clear(), db.archive.clear()])
      await Promise.all([db.put('counts', {}), db.put('loads', {}), db.put('need', []), db.put('epoch', ''), db.put('numbers', {}), db.put('left', '')])
    }
    // The grants of the old device open nothing here; their tokens stay as long as a command names them.
    await Promise.all([db.put('identity', identity), db.put('cards', people), db.put('sealKey', sealKey), db.put('unlocks', []), db.put('current', '')])
  })
}

/**
 * SPKI of a new non-extractable P-256 key, base64; '' where the browser makes or keeps none. The same one until an enrolment is
 * answered: by it the server knows who asks again because its answer was lost.
 */
async function makeKey(db: DeviceDb): Promise<string> {
  try {
    const asked = await db.keys.get('coming')
    const pair = asked?.pair ?? (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']))
    if (!asked) await db.keys.put({ id: 'coming', pair })
    return toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)))
  } catch {
    return ''
  }
}

/** The people docs, once there are any, and whom the server named since. */
async function cardsIn(db: DeviceDb): Promise<PersonCard[]> {
  const [{ identity, cards = [] }, rows] = await Promise.all([
    db.readAll('identity', 'cards'),
    db.docs.where('scope').startsWith('people:').toArray(),
  ])
  const bodies = rows.flatMap(({ doc: { body } }) => (body.kind === 'person' && body.site === identity?.site ? [body] : []))
  const known = new Set(bodies.map((body) => body.id))
  const docs = bodies.filter((body) => body.active).map(({ id, name, roles }) => ({ id, name, roles }))
  return [...docs, ...cards.filter((card) => !known.has(card.id))].sort((a, b) => a.name.localeCompare(b.name))
}
