/**
 * In which rankings the work is listed on this device. A site that changes its rules (M2) has every open order listed anew, a part at a
 * time behind the work; until all are, the work is shown in the ranking that was.
 */
import type { Body } from '../shared/sync/doc.ts'
import { listsOf } from '../shared/work/lists.ts'
import { nameOf, type Ranking, USUAL } from '../shared/work/rule.ts'
import { addToCounts, type Steps, step } from './counts.ts'
import type { DeviceDb, DocRow, Rankings } from './db.ts'

const AT_FIRST: Rankings = { shown: USUAL, coming: null, after: '' }
/** Rows of one transaction: short enough for a tap between two. */
const PART = 200

const read = async (db: DeviceDb): Promise<Rankings> => (await db.read('rankings')) ?? AT_FIRST

/** Those that a row is listed in now. */
export const rankingsHere = async (db: DeviceDb): Promise<Ranking[]> => rankingsOf(await read(db))
export const rankingsOf = ({ shown, coming } = AT_FIRST): Ranking[] => (coming ? [shown, coming] : [shown])
/** The one that is complete: that of the site, or the one before it. */
export const shownRanking = async (db: DeviceDb): Promise<Ranking> => (await read(db)).shown

/** If a site is among what was written, its rules count from now on. Inside a transaction over `meta`. */
export async function rulesCame(db: DeviceDb, rows: readonly { doc: { body: Body } }[]): Promise<void> {
  const site = rows.map(({ doc }) => doc.body).find((body) => body.kind === 'site')
  if (!site) return
  const { shown, coming } = await read(db)
  if (nameOf(site.workRules) === nameOf(coming ?? shown)) return
  await db.put('rankings', nameOf(site.workRules) === nameOf(shown) ? { shown, coming: null, after: '' } : { shown, coming: site.workRules, after: '' })
}

/** Lists the next part in the ranking that is coming. 'listed': nothing is left to do. */
export function listPart(db: DeviceDb): Promise<'more' | 'listed'> {
  return db.transaction('rw', [db.meta, db.docs], async () => {
    const { shown, coming, after } = await read(db)
    if (!coming) return 'listed'
    const rows = await db.docs.where('id').above(after).limit(PART).toArray()
    const steps: Steps = new Map()
    const anew = rows.flatMap((row): DocRow[] => {
      const lists = listsOf(row.doc.body, [shown, coming])
      if (lists.length === row.lists.length && lists.every((entry, at) => entry === row.lists[at])) return []
      step(steps, row.lists, -1)
      step(steps, lists, 1)
      return [{ ...row, lists }]
    })
    const last = rows.at(-1)
    const done = last === undefined || rows.length < PART
    await Promise.all([
      anew.length > 0 ? db.docs.bulkPut(anew) : null,
      addToCounts(db, steps),
      db.put('rankings', done ? { shown: coming, coming: null, after: '' } : { shown, coming, after: last.id }),
    ])
    return done ? 'listed' : 'more'
  })
}
