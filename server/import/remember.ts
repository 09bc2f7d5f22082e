/** A mapping as it is kept for the next time: files by their headers, since their names change with every export. */
import { hash } from 'node:crypto'
import * as z from 'zod/mini'
import { type Field, isField } from '../../shared/import/fields.ts'
import type { Table } from '../../shared/import/guess.ts'
import { bare } from '../../shared/import/headers.ts'
import { type ColumnRef, Mapping } from '../../shared/import/wire.ts'
import type { MappingRow, ReadTx } from '../log/log.ts'

/** Of the names of its columns, in order. A file without a header is known by the number of its columns. */
export function fingerprintOf(table: Table): string {
  return hash('sha256', JSON.stringify(table.columns.map(({ name }) => bare(name)))).slice(0, 32)
}

const Ref = z.object({ print: z.string(), column: z.int() })
/** Columns stay by number: the fingerprint vouches for them. */
const Kept = z.object({
  mapping: Mapping,
  prints: z.record(z.string(), z.string()),
})
export type Ref = z.infer<typeof Ref>

export function keep(mapping: Mapping, tables: ReadonlyMap<string, Table>): Pick<MappingRow, 'source' | 'fingerprint' | 'body'> {
  const prints = Object.fromEntries([...tables].map(([file, table]) => [file, fingerprintOf(table)]))
  return { source: mapping.source, fingerprint: prints[mapping.base] ?? '', body: JSON.stringify({ mapping, prints } satisfies z.infer<typeof Kept>) }
}

/** The last mapping that fits these files; what it joined and is not here now is left out. */
export async function recall(tx: ReadTx, site: string, tables: readonly Table[]): Promise<Mapping | null> {
  const here = new Map(tables.map((table) => [fingerprintOf(table), table.file]))
  const rows: MappingRow[] = []
  for (const print of here.keys()) {
    const row = await tx.mappingFor(site, print)
    if (row) rows.push(row)
  }
  const row = rows.sort((a, b) => (a.usedAt < b.usedAt ? 1 : -1))[0]
  const kept = row && z.safeParse(Kept, JSON.parse(row.body))
  return kept?.success ? renamed(kept.data, here) : null
}

function renamed({ mapping, prints }: z.infer<typeof Kept>, here: ReadonlyMap<string, string>): Mapping | null {
  const fileOf = (file: string) => here.get(prints[file] ?? '')
  const refOf = (ref: ColumnRef): ColumnRef | null => {
    const file = fileOf(ref.file)
    return file === undefined ? null : { file, column: ref.column }
  }
  const base = fileOf(mapping.base)
  if (base === undefined) return null
  const columns: Mapping['columns'] = {}
  for (const [field, ref] of Object.entries(mapping.columns)) {
    const now = refOf(ref)
    if (now && isField(field)) columns[field satisfies Field] = now
  }
  const joins = mapping.joins.flatMap((join) => {
    const [of, by] = [refOf(join.of), refOf(join.by)]
    return of && by ? [{ of, by }] : []
  })
  return { ...mapping, base, joins, columns }
}

/** 'orders-2026-11.csv' and 'orders-2026-12 (1).csv' come from one source. */
export function sourceNamed(file: string): string {
  const name = file.replace(/\.[a-z0-9]{1,5}$/i, '')
  const bareName = name.replaceAll(/[\s_.-]*\(?\d[\d\s_.()-]*$/g, '').trim()
  return (bareName === '' ? name : bareName).slice(0, 120)
}
