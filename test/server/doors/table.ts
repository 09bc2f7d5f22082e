/** Who may do what at which door, as server/README.md says it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export type Door = { method: string; path: string }
export type Cell = Door & { door: string; caller: string; status: number }

const README = resolve(import.meta.dirname, '../../../server/README.md')
const DOOR = /^`([A-Z]+) (\/\S*)`$/

const rows = readFileSync(README, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[-|]+\|$/.test(line))
  .map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()))
const [head = [], ...body] = rows

/** One caller per name; those that behave alike share a column. */
export const columns: readonly string[][] = head.slice(1).map((cell) => cell.split(', '))

export const cells: readonly Cell[] = body.flatMap(([door = '', ...statuses]) => {
  const [, method, path] = DOOR.exec(door) ?? []
  if (!method || !path) throw new Error(`server/README.md: wanted a door such as \`GET /path\`, came ${door}`)
  if (statuses.length !== columns.length) throw new Error(`server/README.md: ${door} has ${statuses.length} cells, wanted ${columns.length}`)
  return statuses.flatMap((text, i) => {
    if (!/^[2-5]\d\d$/.test(text)) throw new Error(`server/README.md: ${door} has ${JSON.stringify(text)} where a status is wanted`)
    return (columns[i] ?? []).map((caller): Cell => ({ door: `${method} ${path}`, method, path, caller, status: Number(text) }))
  })
})

export const doors: readonly string[] = [...new Set(cells.map(({ door }) => door))]
