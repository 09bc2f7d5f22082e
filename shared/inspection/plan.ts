/**
 * How many of a lot are inspected and how many may fail: the single sampling plans of MIL-STD-105E (the same numbers as ANSI/ASQ Z1.4),
 * Tables I, II-A, II-B and II-C. The tables are public domain.
 */
export const LEVELS = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'] as const
export type Level = (typeof LEVELS)[number]
export const SEVERITIES = ['normal', 'tightened', 'reduced'] as const
export type Severity = (typeof SEVERITIES)[number]
/** Acceptance quality limits, as printed: percent of units, above 10 nonconformities per hundred units. */
export const AQLS = [
  '0.010', '0.015', '0.025', '0.040', '0.065', '0.10', '0.15', '0.25', '0.40', '0.65', '1.0', '1.5', '2.5',
  '4.0', '6.5', '10', '15', '25', '40', '65', '100', '150', '250', '400', '650', '1000',
] as const
export type Aql = (typeof AQLS)[number]

/** Accepted up to `ac`, not from `re` on. `inspectAll`: the lot is not larger than `n`, so every unit of it is inspected. */
export type Plan = { code: string; n: number; ac: number; re: number; inspectAll: boolean }

/** Throws on what the tables don't have. A lot of 1 is read from the first row of Table I, and inspected whole. */
export function planFor({ lot, level, severity, aql }: { lot: number; level: Level; severity: Severity; aql: Aql }): Plan {
  if (!Number.isSafeInteger(lot) || lot < 1) throw new RangeError(`a lot is a whole number of units from 1, not ${lot}`)
  const column = AQLS.indexOf(aql)
  if (column < 0) throw new RangeError(`an AQL is one of ${AQLS.join(' ')}, not ${aql}`)
  const code = codeFor(lot, level)
  const row = CODES.indexOf(code)
  const arrow = cellAt(severity, row, column) === '^' ? -1 : 1
  // Two corners have no plan the way their arrow points (A at 10 %, R at 0.015 %): the other way there is one.
  const plan = follow(severity, row, column, arrow) ?? follow(severity, row, column, -arrow)
  if (!plan) throw new Error(`no ${severity} plan for ${code} at ${aql}`)
  return { code, ...plan, inspectAll: plan.n >= lot }
}

/** Table I: up to which lot, and the letter at each level. */
const LETTERS: readonly (readonly [upTo: number, letters: string])[] = [
  [8, 'AAAAAAB'],
  [15, 'AAAAABC'],
  [25, 'AABBBCD'],
  [50, 'ABBCCDE'],
  [90, 'BBCCCEF'],
  [150, 'BBCDDFG'],
  [280, 'BCDEEGH'],
  [500, 'BCDEFHJ'],
  [1200, 'CCEFGJK'],
  [3200, 'CDEGHKL'],
  [10_000, 'CDFGJLM'],
  [35_000, 'CDFHKMN'],
  [150_000, 'DEGJLNP'],
  [500_000, 'DEGJMPQ'],
  [Number.POSITIVE_INFINITY, 'DEHKNQR'],
]

function codeFor(lot: number, level: Level): string {
  const letter = LETTERS.find(([upTo]) => lot <= upTo)?.[1][LEVELS.indexOf(level)]
  if (!letter) throw new RangeError(`an inspection level is one of ${LEVELS.join(' ')}, not ${level}`)
  return letter
}

/** Letter by letter; S is a size that only tightened inspection has. */
const CODES = 'ABCDEFGHJKLMNPQRS'
const SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150]

/**
 * Letters and AQLs both go up in steps of 10^(1/5), so a plan is the same all along a diagonal: what stands in a cell depends on
 * row + column. Here from the 14th diagonal on, Ac/Re or the arrow that is printed; before it every arrow points down.
 */
const DIAGONALS = {
  normal: '0/1 ^ v 1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31 44/45'.split(' '),
  tightened: 'v 0/1 v v 1/2 2/3 3/4 5/6 8/9 12/13 18/19 27/28 41/42'.split(' '),
  reduced: '0/1 ^ v 0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24'.split(' '),
} as const satisfies Record<Severity, readonly string[]>
const FIRST = 14
/** The last two diagonals stand only in rows A to E, in samples of at most 13; beyond the last, arrows point up. */
const lastIn = (row: number) => (row <= CODES.indexOf('E') ? 26 : 24)

/** Where the printed tables leave their diagonals: one arrow of II-B, and in II-C the rows whose sample of 2 can't become smaller. */
const APART: Readonly<Record<string, { from: Aql; cells: readonly string[] }>> = {
  'tightened A': { from: '10', cells: ['v'] },
  'reduced A': { from: '25', cells: '1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31'.split(' ') },
  'reduced B': { from: '25', cells: '1/3 2/4 3/5 5/6 7/8 10/11 14/15 21/22 30/31'.split(' ') },
}

function cellAt(severity: Severity, row: number, column: number): string {
  const apart = APART[`${severity} ${CODES.charAt(row)}`]
  const cell = apart?.cells[column - AQLS.indexOf(apart.from)]
  if (cell) return cell
  const diagonal = row + column
  return diagonal > lastIn(row) ? '^' : (DIAGONALS[severity][diagonal - FIRST] ?? 'v')
}

/** The first plan in a column from a row on. */
function follow(severity: Severity, from: number, column: number, step: number): { n: number; ac: number; re: number } | null {
  const rows = severity === 'tightened' ? CODES.length : CODES.length - 1
  for (let row = from; row >= 0 && row < rows; row += step) {
    const [ac, re] = cellAt(severity, row, column).split('/')
    if (ac !== undefined && re !== undefined) return { n: sizeAt(severity, row), ac: Number(ac), re: Number(re) }
  }
  return null
}

/** Reduced samples are those of two letters before, never less than 2. */
function sizeAt(severity: Severity, row: number): number {
  const size = SIZES[severity === 'reduced' ? Math.max(0, row - 2) : row]
  if (size === undefined) throw new RangeError(`a sample size code is a row of ${CODES}, not ${row}`)
  return size
}
