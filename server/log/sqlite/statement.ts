/** Queries written with Kysely's types, compiled once: compiling at each call would cost more than SQLite's own work. */
import { type Compilable, DummyDriver, Kysely, type RawBuilder, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { Cell, Connection } from './connection.ts'

/** Builds SQL, never runs it. */
export const build = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

type Args = { readonly [name: string]: Cell }
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}
/** Stands where a value will be handed in. */
export type SlotOf<A extends Args> = <K extends keyof A & string>(name: K) => RawBuilder<A[K]>

export type Statement<A extends Args, R> = {
  all(db: Connection, args: A): R[]
  get(db: Connection, args: A): R | undefined
  /** how many rows it changed */
  run(db: Connection, args: A): number
}

/** `given<{ id: string }>()((slot) => build.selectFrom('site').selectAll().where('id', '=', slot('id')))` */
export function given<A extends Args>(): <R>(query: (slot: SlotOf<A>) => Compilable<R>) => Statement<A, R> {
  return <R>(query: (slot: SlotOf<A>) => Compilable<R>) => {
    const { sql: text, parameters } = query((name) => sql`${new Slot(name)}`).compile()
    const bind = (args: A) => parameters.map((each) => (each instanceof Slot ? (args[each.name] ?? null) : (each as Cell)))
    return {
      all: (db, args) => db.prepare(text).all(...bind(args)) as R[],
      get: (db, args) => db.prepare(text).get(...bind(args)) as R | undefined,
      run: (db, args) => db.prepare(text).run(...bind(args)).changes,
    }
  }
}

/** The values of a JSON array, for `in`: one text of SQL however many there are. */
export function listed(slot: RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select value from json_each(${slot}))`
}

const CHUNKS = [64, 16, 4, 1] as const

/** Inserts many rows by few statements of fixed sizes, each compiled once. `suffix` is what follows the values. */
export function inserter<R extends { [column: string]: Cell }>(table: keyof Tables, columns: readonly (keyof R & string)[], suffix = '') {
  const names = columns.map((column) => `"${column}"`).join(', ')
  const row = `(${columns.map(() => '?').join(', ')})`
  const texts = new Map(CHUNKS.map((size) => [size, `insert into "${table}" (${names}) values ${Array(size).fill(row).join(', ')} ${suffix}`]))
  return (db: Connection, rows: readonly R[]): void => {
    let done = 0
    for (const size of CHUNKS) {
      const statement = rows.length - done >= size ? db.prepare(texts.get(size) ?? '') : null
      for (; statement && rows.length - done >= size; done += size) {
        const cells: Cell[] = []
        for (let i = done; i < done + size; i++) for (const column of columns) cells.push(rows[i]?.[column] ?? null)
        statement.run(...cells)
      }
    }
  }
}
