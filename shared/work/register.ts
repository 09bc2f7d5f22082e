/** What the indexes would hold of closed orders that a device keeps a page in one row (client/bundle.ts): made by the server, once for all phones. */
import type { Body } from '../sync/doc.ts'
import { listName, mayBeRegistered } from './entry.ts'
import { goodsCodesOf, listsOf, textOf } from './lists.ts'

/** `lists` and `texts` in the order of `ids`; `lots` of all: those that were picked for them, and the codes of their packages. */
export type Register = { ids: string[]; lists: string[][]; texts: string[]; lots: string[] }

/** The orders that stand in no other lists, with their register; and the rest. */
export function registered<T extends { body: Body }>(docs: readonly T[]): { closed: T[]; register: Register; rest: T[] } {
  const [closed, rest, lists]: [T[], T[], string[][]] = [[], [], []]
  for (const doc of docs) {
    const entries = listsOf(doc.body)
    const isClosed = doc.body.kind === 'order' && entries.every((entry) => mayBeRegistered(listName(entry)))
    if (isClosed) lists.push(entries)
    ;(isClosed ? closed : rest).push(doc)
  }
  const bodies = closed.map(({ body }) => body)
  const lots = new Set(bodies.flatMap((body) => (body.kind === 'order' ? goodsCodesOf(body) : [])))
  return { closed, register: { ids: bodies.map(({ id }) => id), lists, texts: bodies.map(textOf), lots: [...lots] }, rest }
}
