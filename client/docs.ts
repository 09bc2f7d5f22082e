/** Writing docs, whether they had a row of their own or are bundled (bundle.ts): with each its entries, codes and text. */
import { checksum } from '../shared/sync/checksum.ts'
import type { Body, Doc } from '../shared/sync/doc.ts'
import { codesOf, listsOf, textOf } from '../shared/work/lists.ts'
import type { Ranking } from '../shared/work/rule.ts'
import { addToCounts, type Steps, step } from './counts.ts'
import type { DeviceDb, DocRow, Text } from './db.ts'
import { keepLeft, leftPlaces } from './places.ts'
import { rankingsHere, rulesCame } from './ranking.ts'
import { type Row, rowsById } from './rows.ts'

function rowOf(doc: Doc, scope: string, rankings: readonly Ranking[]): DocRow {
  const body: Body = doc.body
  return { id: body.id, scope, version: body.version, doc, lists: listsOf(body, rankings), codes: codesOf(body) }
}

/** What was foreseen is what happened, as a rule: no row is written again for that, and no screen reads it again. */
function isSame(was: Row, { doc, scope }: NonNullable<Change>): boolean {
  return !('bundled' in was) && was.version === doc.body.version && was.scope === scope && checksum(was.doc) === checksum(doc)
}

/** As many as a page makes ready and gives away without a task that a person notices. */
const PART = 100

export type Change = { doc: Doc; scope: string } | null

/** What the caller has read already, and what it changes in the figures besides: those are written once. */
type Known = { rows?: ReadonlyMap<string, Row> | undefined; rankings?: readonly Ranking[]; steps?: Steps }

/** Inside a transaction over `copies` and `meta`. A null change removes the doc. */
export async function writeDocs(db: DeviceDb, changes: ReadonlyMap<string, Change>, known: Known = {}): Promise<void> {
  const { steps = new Map() } = known
  if (changes.size === 0) return addToCounts(db, steps)
  const [rows, rankings] = await Promise.all([known.rows ?? rowsById(db, [...changes.keys()]), known.rankings ?? rankingsHere(db)])
  const all = [...changes]
  const sites: DocRow[] = []
  const left: string[] = []
  let writing: Promise<unknown> | null = null
  for (let from = 0; from < all.length; from += PART) {
    if (writing) await writing
    const put: DocRow[] = []
    const texts: Text[] = []
    const gone: string[] = []
    const struck: { id: string }[] = []
    for (const [id, change] of all.slice(from, from + PART)) {
      const was = rows.get(id)
      if (was && change && isSame(was, change)) continue
      if (was) step(steps, was.lists, -1)
      if (was && 'bundled' in was) struck.push({ id })
      if (change) {
        const row = rowOf(change.doc, change.scope, rankings)
        step(steps, row.lists, 1)
        put.push(row)
        if (row.doc.body.kind === 'site') sites.push(row)
        if (was && 'codes' in was) left.push(...leftPlaces(was.codes, row.codes))
        const text = textOf(change.doc.body)
        if (!was || 'bundled' in was || textOf(was.doc.body) !== text) texts.push({ id, text })
      } else if (was) gone.push(id)
    }
    writing = Promise.all([
      put.length > 0 ? db.docs.bulkPut(put) : null,
      gone.length > 0 ? db.docs.bulkDelete(gone) : null,
      texts.length > 0 ? db.texts.bulkPut(texts) : null,
      gone.length > 0 ? db.texts.bulkDelete(gone) : null,
      struck.length > 0 ? db.struck.bulkPut(struck) : null,
    ])
  }
  await Promise.all([writing, addToCounts(db, steps), rulesCame(db, sites), keepLeft(db, left)])
}
