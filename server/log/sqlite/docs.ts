/** Docs, scopes and feeds in SQLite: what changed for whom, at which gapless position. */
import { sql } from 'kysely'
import { checksum } from '../../../shared/sync/checksum.ts'
import { type Body, type Doc, scopesOf } from '../../../shared/sync/doc.ts'
import type { DocChange, DocFace, FeedOp, PageBounds, ScopePage } from '../log.ts'
import type { Tables } from '../tables.ts'
import type { Connection } from './connection.ts'
import { build, given, inserter, listed, type SlotOf } from './statement.ts'

type StoredDoc = Pick<Tables['doc'], 'body' | 'applied'>
const docOf = (row: StoredDoc): Doc => ({ body: JSON.parse(row.body) as Body, applied: JSON.parse(row.applied) as Doc['applied'] })

const docsById = given<{ site: string; ids: string }>()((slot) =>
  build.selectFrom('doc').select(['id', 'body', 'applied']).where('site', '=', slot('site')).where('id', 'in', listed(slot('ids'))),
)
export function docs(db: Connection, site: string, ids: readonly string[]): Map<string, Doc> {
  const found = ids.length === 0 ? [] : docsById.all(db, { site, ids: JSON.stringify(ids) })
  return new Map(found.map((row) => [row.id, docOf(row)]))
}

/** Sorted behind the index that finds them: asked for by a plain id, SQLite reads the whole site in the order of the ids instead. */
const byId = sql<string>`+"id"`
const docsOfTrip = given<{ site: string; trip: string }>()((slot) =>
  build.selectFrom('doc').select(['body', 'applied']).where('site', '=', slot('site')).where('trip', '=', slot('trip')).orderBy(byId),
)
export const docsOnTrip = (db: Connection, site: string, trip: string): Doc[] => docsOfTrip.all(db, { site, trip }).map(docOf)

const docsOfSku = given<{ site: string; sku: string }>()((slot) =>
  build.selectFrom('doc').select(['body', 'applied']).where('site', '=', slot('site')).where('sku', '=', slot('sku')).orderBy(byId),
)
export const productsOf = (db: Connection, site: string, sku: string): Doc[] => docsOfSku.all(db, { site, sku }).map(docOf)

const anyProduct = given<{ site: string }>()((slot) => build.selectFrom('doc').select('id').where('site', '=', slot('site')).where('sku', 'is not', null).limit(1))
export const keepsStock = (db: Connection, site: string): boolean => anyProduct.get(db, { site }) !== undefined

const facesById = given<{ site: string; ids: string }>()((slot) =>
  build.selectFrom('doc').select(['id', 'sum', 'size', 'applied']).where('site', '=', slot('site')).where('id', 'in', listed(slot('ids'))),
)
export function faces(db: Connection, site: string, ids: readonly string[]): Map<string, DocFace> {
  const found = ids.length === 0 ? [] : facesById.all(db, { site, ids: JSON.stringify(ids) })
  return new Map(found.map(({ id, sum, size, applied }) => [id, { sum, size, applied: JSON.parse(applied) as Doc['applied'] }]))
}

const scopeById = given<{ id: string }>()((slot) => build.selectFrom('scope').select(['head', 'minPosition']).where('id', '=', slot('id')))
export function scope(db: Connection, id: string): { head: number; minPosition: number } {
  return scopeById.get(db, { id }) ?? { head: 0, minPosition: 0 }
}

const feedAfter = given<{ scope: string; from: number; limit: number }>()((slot) =>
  build
    .selectFrom('feed')
    .select(['doc', 'position', 'op', 'version', 'trail'])
    .where('scope', '=', slot('scope'))
    .where('position', '>', slot('from'))
    .orderBy('position')
    .limit(slot('limit')),
)
export function feed(db: Connection, id: string, from: number, limit: number): FeedOp[] {
  return feedAfter.all(db, { scope: id, from, limit }).map(({ trail, ...row }) => ({ ...row, op: row.op === 'exit' ? 'exit' : 'put', earlier: earlierOf(trail) }))
}
function earlierOf(trail: string): FeedOp['earlier'] {
  return trail
    .split(' ')
    .slice(0, -1)
    .map((pair) => {
      const at = pair.indexOf(':')
      return { position: Number(pair.slice(0, at)), version: Number(pair.slice(at + 1)) }
    })
}

const inScope = (slot: SlotOf<{ scope: string; after: string; limit: number }>) =>
  build
    .selectFrom('feed')
    .innerJoin('doc', (join) => join.onRef('doc.site', '=', 'feed.site').onRef('doc.id', '=', 'feed.doc'))
    .where('feed.scope', '=', slot('scope'))
    .where('feed.op', '=', 'put')
    .where('feed.doc', '>', slot('after'))
    .orderBy('feed.doc')
    .limit(slot('limit'))
const sizesInScope = given<{ scope: string; after: string; limit: number }>()((slot) => inScope(slot).select('doc.size'))
const docsInScope = given<{ scope: string; after: string; limit: number }>()((slot) => inScope(slot).select(['doc.id', 'doc.version', 'doc.sum', 'doc.body', 'doc.applied']))
export function docsOfScope(db: Connection, scope: string, after: string, most: PageBounds): ScopePage {
  const sizes = sizesInScope.all(db, { scope, after, limit: most.docs + 1 })
  let [limit, room] = [0, most.size]
  for (const { size } of sizes.slice(0, most.docs)) {
    if (limit > 0 && size > room) break
    limit += 1
    room -= size
  }
  const docs = docsInScope.all(db, { scope, after, limit }).map(({ id, version, sum, body, applied }) => ({ id, state: `${version} ${sum} ${applied}`, json: `{"body":${body},"applied":${applied}}` }))
  return { docs, more: limit < sizes.length }
}

const putDocRows = inserter<Tables['doc']>(
  'doc',
  ['site', 'id', 'kind', 'version', 'sum', 'size', 'applied', 'body', 'trip', 'sku'],
  `on conflict (site, id) do update set kind = excluded.kind, version = excluded.version, sum = excluded.sum, size = excluded.size,
   applied = excluded.applied, body = excluded.body, trip = excluded.trip, sku = excluded.sku`,
)
const bumpScope = given<{ id: string; site: string; by: number }>()((slot) =>
  build
    .insertInto('scope')
    .values({ id: slot('id'), site: slot('site'), head: slot('by'), minPosition: 0 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ head: sql<number>`"scope"."head" + ${slot('by')}` }))
    .returning('head'),
)
/** Of a dozen changes or more: who missed more than that is given the doc. */
const TRAIL = 150
/** A doc that had left and comes back has no earlier version on the device. */
const putFeedRows = inserter<Tables['feed']>(
  'feed',
  ['scope', 'doc', 'site', 'position', 'op', 'version', 'trail', 'at'],
  `on conflict (scope, doc) do update set position = excluded.position, op = excluded.op, version = excluded.version,
   trail = case feed.op when 'put' then substr(feed.position || ':' || feed.version || ' ' || feed.trail, 1, ${TRAIL}) else '' end, at = excluded.at`,
)

type Move = { doc: string; op: FeedOp['op']; version: number }
/** Per scope, in sorted order, what happens in it. */
function movesOf(changes: readonly DocChange[]): [string, Move[]][] {
  const moves = new Map<string, Move[]>()
  const add = (id: string, move: Move) => {
    const list = moves.get(id)
    if (list) list.push(move)
    else moves.set(id, [move])
  }
  for (const { before, after } of changes) {
    const { id, version } = after.body
    const now = scopesOf(after.body)
    for (const each of now) add(each, { doc: id, op: 'put', version })
    for (const each of before ? scopesOf(before.body) : []) if (!now.includes(each)) add(each, { doc: id, op: 'exit', version })
  }
  return [...moves].sort(([a], [b]) => (a < b ? -1 : 1))
}

function storedDoc(site: string, doc: Doc): Tables['doc'] {
  const { id, kind, version } = doc.body
  const body = JSON.stringify(doc.body)
  const trip = doc.body.kind === 'order' ? (doc.body.trip?.id ?? null) : null
  const sku = doc.body.kind === 'product' ? doc.body.sku : null
  return { site, id, kind, version, sum: checksum(doc), size: body.length, applied: JSON.stringify(doc.applied), body, trip, sku }
}

export function putDocs(db: Connection, site: string, changes: readonly DocChange[], at: string): Map<string, number> {
  putDocRows(db, changes.map(({ after }) => storedDoc(site, after)))
  const heads = new Map<string, number>()
  const rows: Tables['feed'][] = []
  for (const [id, moves] of movesOf(changes)) {
    const head = bumpScope.get(db, { id, site, by: moves.length })?.head
    if (head === undefined) throw new Error(`scope ${id} gave no head`)
    heads.set(id, head)
    moves.forEach((move, i) => {
      rows.push({ ...move, scope: id, site, position: head - moves.length + 1 + i, trail: '', at })
    })
  }
  putFeedRows(db, rows)
  return heads
}

const raiseMinimum = given<{ before: string }>()((slot) =>
  build
    .updateTable('scope')
    .from((from) =>
      from
        .selectFrom('feed')
        .select(({ fn }) => ['scope', fn.max('position').as('position')])
        .where('op', '=', 'exit')
        .where('at', '<', slot('before'))
        .groupBy('scope')
        .as('gone'),
    )
    .set((set) => ({ minPosition: set.ref('gone.position') }))
    .whereRef('gone.scope', '=', 'scope.id'),
)
const dropExits = given<{ before: string }>()((slot) => build.deleteFrom('feed').where('op', '=', 'exit').where('at', '<', slot('before')))
export function forgetExits(db: Connection, before: string): number {
  raiseMinimum.run(db, { before })
  return dropExits.run(db, { before })
}
