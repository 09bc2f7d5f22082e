/** The columns of an import's files in words, and the mapping as its pickers read and write it. */
import { useI18n } from 'petite-vue-i18n'
import { bare } from '../../shared/import/headers.ts'
import { type Field, FIELDS, NEEDED } from '../../shared/import/fields.ts'
import type { ColumnRef, ImportFile, Join, Mapping } from '../../shared/import/wire.ts'

/** Asked for first, in this order; the rest is folded away. */
export const FIRST_FIELDS: readonly Field[] = ['number', 'customerId', 'customerName', 'sku', 'name', 'quantity', 'unit', 'price', 'discount', 'currency', 'placedAt', 'promisedAt']
export const OTHER_FIELDS: readonly Field[] = FIELDS.filter((field) => !FIRST_FIELDS.includes(field))

export const keyOf = ({ file, column }: ColumnRef): string => JSON.stringify([file, column])
export function refOf(key: string): ColumnRef | null {
  const read: unknown = key.startsWith('[') ? JSON.parse(key) : null
  return Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'number' ? { file: read[0], column: read[1] } : null
}

/** 0 → A, 26 → AA, as spreadsheets name their columns */
export function letterOf(column: number): string {
  const before = Math.floor(column / 26)
  return `${before > 0 ? letterOf(before - 1) : ''}${String.fromCharCode(65 + (column % 26))}`
}

/** The base and what hangs on it, nearest first. */
export function filesIn({ base, joins }: Mapping, files: readonly ImportFile[]): ImportFile[] {
  const names = [base, ...joins.map(({ of }) => of.file)]
  return names.flatMap((name) => files.find((file) => file.name === name) ?? [])
}

/** The ways in which a file may hang on the others: columns of one name. */
export function waysOf(file: ImportFile, mapping: Mapping, files: readonly ImportFile[]): Join[] {
  return filesIn(mapping, files)
    .filter((other) => other.name !== file.name && !hangsOn(other.name, file.name, mapping))
    .flatMap((other) =>
      file.columns.flatMap(({ name }, of) =>
        other.columns.flatMap((each, by) =>
          name !== '' && bare(each.name) === bare(name) ? [{ of: { file: file.name, column: of }, by: { file: other.name, column: by } }] : [],
        ),
      ),
    )
}
/** What hangs on a file can't carry it. */
function hangsOn(file: string, carrier: string, { joins }: Mapping): boolean {
  const join = joins.find(({ of }) => of.file === file)
  return join !== undefined && (join.by.file === carrier || hangsOn(join.by.file, carrier, { joins: joins.filter((each) => each !== join) } as Mapping))
}

/** With another way to hang a file, or none; what no longer hangs on the base is dropped, with the columns taken from it. */
export function joined(mapping: Mapping, file: string, join: Join | null): Mapping {
  const wanted = [...mapping.joins.filter(({ of }) => of.file !== file), ...(join ? [join] : [])]
  return reached({ ...mapping, joins: wanted })
}
export function basedOn(mapping: Mapping, base: string): Mapping {
  return reached({ ...mapping, base, joins: mapping.joins.filter(({ of }) => of.file !== base) })
}
function reached(mapping: Mapping): Mapping {
  const here = new Set([mapping.base])
  const joins: Join[] = []
  for (let more = true; more; ) {
    const next = mapping.joins.find(({ of, by }) => here.has(by.file) && !here.has(of.file))
    more = next !== undefined
    if (!next) break
    here.add(next.of.file)
    joins.push(next)
  }
  const columns = Object.fromEntries(Object.entries(mapping.columns).filter(([, ref]) => here.has(ref.file))) as Mapping['columns']
  return { ...mapping, joins, columns }
}

/** The groups of fields of which none is named yet. */
export function needed({ columns, constants }: Mapping): Field[] {
  return NEEDED.filter((group) => !group.some((field) => columns[field] || (field !== 'number' && (constants[field] ?? '').trim() !== ''))).map((group) => group[0])
}

export function useColumnWords() {
  const { t } = useI18n()
  function nameOf(file: ImportFile | undefined, column: number): string {
    const name = file?.columns[column]?.name ?? ''
    return name === '' ? t('imports.number', { letter: letterOf(column) }) : name
  }
  return {
    nameOf,
    /** all columns of the files that count, with their file where there are several */
    options(mapping: Mapping, files: readonly ImportFile[]) {
      const used = filesIn(mapping, files)
      return used.flatMap((file) =>
        file.columns.map((_, column) => ({
          value: keyOf({ file: file.name, column }),
          word: used.length > 1 ? t('imports.inFile', { column: nameOf(file, column), file: file.name }) : nameOf(file, column),
        })),
      )
    },
    examples(ref: ColumnRef | undefined, files: readonly ImportFile[]): string | undefined {
      const column = ref && files.find((file) => file.name === ref.file)?.columns[ref.column]
      if (!column) return undefined
      return column.examples.length === 0 ? t('imports.emptyColumn') : t('imports.examples', { values: column.examples.slice(0, 3).join(t('shell.list')) })
    },
  }
}
