/** What always holds (SYNC §6): A1 … A6 looked at whenever nothing goes on, Q1 … Q10 when all is quiet, Q11 after it. */
import { docsOf } from '../../client/bundle.ts'
import { unpack } from '../../client/unpack.ts'
import { replay } from '../../client/replay.ts'
import type { DocRow, Queued, Shadow } from '../../client/db.ts'
import { actorOf, readGrant } from '../../shared/people/grant.ts'
import { type Body, type Doc, type DocEvent, evolveBody, isFactType, scopesFor } from '../../shared/sync/doc.ts'
import { listName } from '../../shared/work/entry.ts'
import { textOf } from '../../shared/work/lists.ts'
import type { Phone } from './device.ts'
import type { Store } from './store.ts'
import { canonical, type Truth, Violation } from './truth.ts'
import { docsIn } from '../support/docs.ts'

/** The facts that leave an entry of their own in the doc, for good. */
const LASTING = ['PickLine', 'ReportShort', 'ReportProblem', 'AmendReceipt', 'ReportAbsent', 'ReturnGoods']
const LOOKS_MS = 60_000
/** A tab asks at most so often in a minute, whatever fails: bursts of pages and pieces included. */
const MOST_REQUESTS = 400

/** A phone, watched. */
export class Watch {
  readonly phone: Phone
  /** every command that was ever stored here for good, by id */
  readonly made = new Map<string, Queued>()
  /** hashes of every photograph that was ever here */
  readonly photos = new Set<string>()
  readonly #truth: Truth
  #looked = new Map<string, readonly unknown[]>()
  #written = -1
  #cursors = new Map<string, number>()
  #epoch = ''
  #requests: { at: number; count: number }[] = []

  constructor(phone: Phone, truth: Truth) {
    this.phone = phone
    this.#truth = truth
  }

  look(now: number, requests: number): void {
    const { phone } = this
    this.#bounded(now, requests)
    // In the middle of a transaction its writes are seen, and may be undone.
    if (phone.written === this.#written || phone.writing) return
    this.#written = phone.written
    const outbox = phone.table('outbox')
    for (const command of outbox) if (!this.made.has(command.id)) this.made.set(command.id, command)
    for (const sha256 of phone.photos) this.photos.add(sha256)
    const epoch = phone.meta('epoch') ?? ''
    this.#docs(epoch, phone.docs(), phone.table('shadow'), outbox)
    this.#cursorsGoOn(epoch)
  }

  /** Each doc that has changed in any way since it was looked at last. */
  #docs(epoch: string, rows: readonly DocRow[], shadows: readonly Shadow[], outbox: readonly Queued[]): void {
    const { phone } = this
    const [shown, aside] = [new Map(rows.map((row) => [row.id, row])), new Map(shadows.map((row) => [row.id, row]))]
    const pending = Map.groupBy(outbox, (command) => command.doc)
    const grants = phone.meta('grants') ?? {}
    const device = phone.meta('identity')?.device
    const settled = Map.groupBy(phone.table('archive'), (command) => command.doc)
    for (const id of new Set([...shown.keys(), ...aside.keys(), ...pending.keys()])) {
      const [row, shadow, commands = [], done = []] = [shown.get(id), aside.get(id), pending.get(id), settled.get(id)]
      const state = [epoch, row, shadow, done.length, ...commands]
      const before = this.#looked.get(id)
      if (before?.length === state.length && before.every((each, i) => each === state[i])) continue
      this.#looked.set(id, state)
      // A1: what came from a server is what a server committed.
      if (shadow?.doc) this.#truth.holds(epoch, shadow.doc)
      if (!shadow && row) this.#truth.holds(epoch, row.doc)
      // A2: what is shown is the server's copy with what waits.
      if (commands.length > 0 && !shadow) throw new Violation(`A2: ${phone.name} has ${commands.length} commands of ${id} waiting and no copy of the server's beside it`)
      if (shadow && commands.length === 0) throw new Violation(`A2: ${phone.name} keeps the server's copy of ${id} aside, and nothing of it waits`)
      // While a twin speaks under our name, what waits here can't be told from what the twin did: until the server has named us anew.
      const twin = commands.some((each) => this.#truth.isAnothers(each))
      if (shadow && !twin) {
        const [is, wanted] = [canonical(row?.doc ?? null), canonical(replay(shadow.doc, commands.toSorted((a, b) => a.n - b.n), grants).doc)]
        if (is !== wanted) throw new Violation(`A2: ${phone.name} shows another ${id} than the server's copy and what waits\n  ${wanted}\n  ${is}`)
      }
      // A3: one's own accepted facts are in it. What is shown of a doc whose copy is still to come is no copy.
      const own = row && !twin && shadow?.doc !== null && [...done, ...commands].filter((command) => command.state !== 'waiting' && command.device === device && LASTING.includes(command.type))
      if (!own || own.length === 0) continue
      const text = JSON.stringify(row.doc.body)
      for (const command of own) if (!text.includes(command.id)) throw new Violation(`A3: ${phone.name} does not see its own ${command.type} ${command.id} in ${id}`)
    }
  }

  /** A5 */
  #cursorsGoOn(epoch: string): void {
    if (epoch !== this.#epoch) this.#cursors.clear()
    this.#epoch = epoch
    const now = new Map(this.phone.table('cursors').map(({ scope, position }) => [scope, position]))
    for (const [scope, before] of this.#cursors) {
      const position = now.get(scope)
      // A scope that was lost or reset begins anew.
      if (position === undefined) this.#cursors.delete(scope)
      else if (position < before) throw new Violation(`A5: ${this.phone.name}'s cursor of ${scope} went from ${before} back to ${position}`)
    }
    for (const [scope, position] of now) this.#cursors.set(scope, position)
  }

  /** A6 */
  #bounded(now: number, count: number): void {
    this.#requests = [...this.#requests.filter((each) => now - each.at < LOOKS_MS), { at: now, count }]
    const asked = count - (this.#requests[0]?.count ?? count)
    if (asked > MOST_REQUESTS) throw new Violation(`A6: ${this.phone.name} asked ${asked} times in a minute`)
  }
}

/** Nobody makes what a server of today can't read: neither an old app nor a new one. */
const UNREAD: readonly string[] = ['malformed', 'unknown-type', 'poison']

/** Q1 … Q9, of phones that nothing kept from talking. */
export async function atRest(watches: readonly Watch[], store: Store, site: string): Promise<{ made: number; accepted: number; refused: number; quarantined: number }> {
  const sums = { made: 0, accepted: 0, refused: 0, quarantined: 0 }
  for (const { phone, made } of watches) {
    const waiting = phone.table('outbox')
    const identity = phone.meta('identity')
    const revoked = identity ? (await store.log.read((tx) => tx.device(identity.device)))?.revokedAt : null
    if (!revoked && waiting.length > 0)
      throw new Violation(`Q5: ${phone.name} still has ${waiting.length} waiting, first ${canonical(waiting[0])}; epoch ${phone.meta('epoch')}`)
    const attention = new Map(phone.table('attention').map((command) => [command.id, command]))
    const verdicts = await store.log.read((tx) => tx.verdicts(site, [...made.keys()]))
    for (const [id, command] of made) {
      const verdict = verdicts.get(id)
      sums.made += 1
      if (!verdict) {
        if (revoked) continue
        throw new Violation(`Q1: ${phone.name} stored ${command.type} ${id}, and no server knows it`)
      }
      sums[verdict.verdict] += 1
      if (verdict.reason && UNREAD.includes(verdict.reason.type)) throw new Violation(`Q1: ${command.type} ${id} of version ${command.v} could not be read: ${canonical(verdict.reason)}`)
      if (verdict.verdict === 'accepted' && !revoked && attention.has(id)) throw new Violation(`Q4: ${command.type} ${id} was accepted, and is in the attention of ${phone.name} as ${attention.get(id)?.verdict.verdict}`)
      if (verdict.verdict !== 'accepted' && !revoked && !attention.has(id)) throw new Violation(`Q4: ${verdict.verdict} ${command.type} ${id} is not in the attention of ${phone.name}`)
    }
    await inOrder(phone, store, site, [...made.values()])
    if (!revoked) await equal(phone, store)
    listed(phone)
    for (const page of phone.pages) if (page.device.sync.status().busy) throw new Violation(`Q8: ${phone.name} is still talking`)
  }
  return sums
}

/** Q11: in reach, what one does is soon with all others (of what comes later than that Q6 speaks). */
export async function heard(watches: readonly Watch[], store: Store): Promise<void> {
  for (const { phone } of watches) {
    const identity = phone.meta('identity')
    const revoked = identity && (await store.log.read((tx) => tx.device(identity.device)))?.revokedAt
    if (!revoked) await equal(phone, store, 'Q11')
  }
}

/** Q2, Q3: one effect per accepted command, and those of a device in the order they were made. */
async function inOrder(phone: Phone, store: Store, site: string, made: readonly Queued[]): Promise<void> {
  const docs = [...new Set(made.map((command) => command.doc))]
  const events = await store.log.read((tx) => tx.eventsSince(site, new Map(docs.map((doc) => [doc, 0]))))
  const mine = new Map(made.map((command) => [command.id, command]))
  for (const [doc, list] of events) {
    const own = list.filter((each) => mine.has(each.command) && each.device !== '')
    const blocks: string[] = []
    for (const each of own) if (blocks.at(-1) !== each.command) blocks.push(each.command)
    if (new Set(blocks).size !== blocks.length) throw new Violation(`Q2: a command of ${phone.name} has its effect twice in ${doc}: ${blocks.join()}`)
    const order = blocks.map((id) => mine.get(id)?.n ?? 0)
    if (order.some((n, i) => i > 0 && n <= (order[i - 1] ?? 0))) throw new Violation(`Q3: what ${phone.name} did to ${doc} happened in another order: ${order.join()}`)
    const versions = list.map((each) => each.version)
    if (versions.some((version, i) => version !== i + 1)) throw new Violation(`Q2: ${doc} has versions ${versions.join()}`)
  }
  const verdicts = await store.log.read((tx) => tx.verdicts(site, made.map((each) => each.id)))
  for (const command of made) {
    if (verdicts.get(command.id)?.verdict !== 'accepted' || !isFactType(command.type)) continue
    if (!events.get(command.doc)?.some((each) => each.command === command.id)) throw new Violation(`Q2: accepted ${command.type} ${command.id} of ${phone.name} has no effect`)
  }
}

/** Q6: the phone has what its reader may have, all of it and nothing else. */
async function equal(phone: Phone, store: Store, rule = 'Q6'): Promise<void> {
  const grant = readGrant(phone.meta('grants')?.[phone.meta('current') ?? ''] ?? '')
  if (!grant) return
  const person = await store.log.read((tx) => tx.person(grant.person))
  if (person?.revokedAt) return
  const roles = grant.roles.filter((role) => person?.roles.includes(role))
  const scopes = scopesFor({ ...actorOf(grant), roles })
  const wanted = new Map<string, Doc>()
  for (const scope of scopes) for (const doc of await docsIn(store.log, scope)) wanted.set(doc.body.id, doc)
  const has = new Map(phone.docs().map((row) => [row.id, row.doc]))
  for (const [id, doc] of wanted) {
    const mine = has.get(id)
    if (!mine) throw new Violation(`${rule}: ${phone.name} lacks ${doc.body.kind} ${id} of ${scopes.join()}`)
    if (canonical(mine) !== canonical(doc)) throw new Violation(`${rule}: ${phone.name} has another ${id} than the server\n  ${canonical(doc)}\n  ${canonical(mine)}`)
  }
  for (const id of has.keys()) if (!wanted.has(id)) throw new Violation(`${rule}: ${phone.name} holds ${id}, which is none of ${scopes.join()}`)
}

/** Q9: what is bundled is named by one register and has no row; every row has its text; and the figures of the lists are right. */
function listed(phone: Phone): void {
  const rows = phone.docs()
  const ids = new Set(rows.map((row) => row.id))
  if (ids.size !== rows.length) throw new Violation(`Q9: ${phone.name} has a doc twice: ${rows.map((row) => row.id).sort().join()}`)
  const named = phone.table('registers').flatMap((register) => register.ids).sort().join()
  const bundled = phone.table('bundles').flatMap((each) => docsOf(each, unpack).map((doc) => doc.body.id)).sort().join()
  if (named !== bundled) throw new Violation(`Q9: the registers of ${phone.name} name ${named}, its bundles hold ${bundled}`)
  const texts = phone.table('texts').map(({ id, text }) => `${id} ${text}`).sort().join('\n')
  const wanted = phone.table('docs').map(({ id, doc }) => `${id} ${textOf(doc.body)}`).sort().join('\n')
  if (texts !== wanted) throw new Violation(`Q9: the texts of ${phone.name} are\n${texts}\nof its rows\n${wanted}`)
  const counts: { [list: string]: number } = {}
  for (const row of rows) for (const list of row.lists.map(listName)) counts[list] = (counts[list] ?? 0) + 1
  const kept = Object.fromEntries(Object.entries(phone.meta('counts') ?? {}).filter(([, count]) => count !== 0))
  if (canonical(kept) !== canonical(counts)) throw new Violation(`Q9: ${phone.name} counts ${canonical(kept)}, it has ${canonical(counts)}`)
}

/** Q7: every photograph that an accepted command names is stored, if it ever was on this phone. */
export async function photosAtRest(watches: readonly Watch[], store: Store, site: string): Promise<void> {
  for (const { phone, made, photos } of watches) {
    const { device = '' } = phone.meta('identity') ?? {}
    if ((await store.log.read((tx) => tx.device(device)))?.revokedAt) continue
    const verdicts = await store.log.read((tx) => tx.verdicts(site, [...made.keys()]))
    const named = [...made.values()].filter(({ id }) => verdicts.get(id)?.verdict === 'accepted').flatMap((command) => command.blobs)
    const [missing] = await store.log.read((tx) => tx.blobsMissing(site, named.filter((sha256) => photos.has(sha256))))
    if (missing) throw new Violation(`Q7: photograph ${missing} never came from ${phone.name}`)
  }
}

/**
 * Q10: at each place lies what was put there and received, moved and counted there, less what lies in the piles of orders from there. Of the
 * log and of the orders, not of what was booked.
 */
export async function shelvesAtRest(store: Store, site: string): Promise<void> {
  const bodies = (await docsIn(store.log, `site:${site}`)).map((doc) => doc.body)
  const events = await store.log.read((tx) => tx.eventsSince(site, new Map(bodies.filter(({ kind }) => kind === 'product').map(({ id }) => [id, 0]))))
  const skus = new Set(bodies.flatMap((body) => (body.kind === 'product' ? [body.sku] : [])))
  for (const order of bodies.filter((body) => body.kind === 'order'))
    for (const { line, lot, from } of order.picks) {
      const sku = order.lines.find(({ no }) => no === line)?.sku
      if (sku !== undefined && !skus.has(sku)) throw new Violation(`Q10: ${lot} of ${sku} was picked from ${from}, and no shelf has heard of it`)
    }
  for (const product of bodies.filter((body) => body.kind === 'product')) {
    const sums = new Map<string, number>()
    const add = (location: string, lot: string, quantity: number) => sums.set(`${location} ${lot}`, (sums.get(`${location} ${lot}`) ?? 0) + quantity)
    for (const { event } of events.get(product.id) ?? []) {
      if (event.type === 'BodyPut' && event.body.kind === 'product') for (const { location, lot, quantity } of event.body.stock) add(location, lot, quantity)
      if (event.type === 'StockReceived') add(event.location, event.lot, event.quantity)
      if (event.type === 'StockCounted') add(event.location, event.lot, event.counted - event.expected)
      if (event.type === 'StockMoved') {
        add(event.from, event.lot, -event.quantity)
        add(event.to, event.lot, event.quantity)
      }
    }
    for (const order of bodies.filter((body) => body.kind === 'order')) {
      for (const pick of order.picks) if (order.lines.find(({ no }) => no === pick.line)?.sku === product.sku) add(pick.from, pick.lot, pick.back - (pick.away ?? 0) - pick.quantity)
      for (const { event } of (await store.log.read((tx) => tx.eventsSince(site, new Map([[order.id, 0]])))).get(order.id) ?? [])
        if (event.type === 'GoodsPutAway' && order.lines.find(({ no }) => no === event.line)?.sku === product.sku) add(event.to, event.lot, event.quantity)
    }
    // What a supervisor wrote off or took back makes it right where it was not: by how much, the events before it say.
    for (const [question, quantity] of settledIn(events.get(product.id) ?? [])) add(question.location, question.lot, quantity)
    const [is, wanted] = [product.stock.map(({ location, lot, quantity }) => `${location} ${lot}: ${quantity}`), [...sums].flatMap(([where, quantity]) => (quantity === 0 ? [] : [`${where}: ${quantity}`]))]
    if (canonical(is.sort()) !== canonical(wanted.sort())) throw new Violation(`Q10: of ${product.sku} there is\n${is.join('\n')}\nand came and went\n${wanted.join('\n')}`)
    const below = product.stock.flatMap(({ location, lot, quantity }) => (quantity < 0 ? [`${location} ${lot}`] : [])).sort()
    const asked = (product.questions ?? []).flatMap(({ kind, location, lot }) => (kind === 'negative' ? [`${location} ${lot}`] : [])).sort()
    const lost = product.stock.flatMap(({ location, lot, quantity }) => (quantity > 0 && location === '' ? [lot] : [])).sort()
    const sought = (product.questions ?? []).flatMap(({ kind, lot }) => (kind === 'unplaced' ? [lot] : [])).sort()
    if (canonical(lost) !== canonical(sought)) throw new Violation(`Q10: of ${product.sku} ${lost.join()} lies where nobody knows, asked about is ${sought.join()}`)
    if (canonical(below) !== canonical(asked)) throw new Violation(`Q10: of ${product.sku} less than nothing lies at ${below.join()}, asked about is ${asked.join()}`)
  }
}

function settledIn(events: readonly { event: DocEvent }[]): [{ location: string; lot: string }, number][] {
  let at = new Map<string, number>()
  const settled: [{ location: string; lot: string }, number][] = []
  let body: Body | null = null
  for (const { event } of events) {
    if (event.type === 'StockSettled') {
      const { question, decision } = event
      const lies = at.get(`${question.location} ${question.lot}`) ?? 0
      if (question.kind === 'negative') settled.push([question, Math.max(0, -lies)])
      else if (question.kind === 'unplaced') settled.push([question, -Math.max(0, lies)])
      else if (decision === 'late') settled.push([question, -question.late])
    }
    body = evolveBody(body, event, '')
    at = new Map(body.kind === 'product' ? body.stock.map(({ location, lot, quantity }) => [`${location} ${lot}`, quantity]) : [])
  }
  return settled
}
