/** The part of better-sqlite3 that the log uses; the package brings no types of its own. */
declare module 'better-sqlite3' {
  export type Cell = string | number | Uint8Array | null
  export interface Statement {
    readonly reader: boolean
    all(...parameters: readonly unknown[]): unknown[]
    get(...parameters: readonly unknown[]): unknown
    run(...parameters: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint }
    iterate(...parameters: readonly unknown[]): IterableIterator<unknown>
  }
  export default class Database {
    constructor(file: string, options?: { readonly?: boolean; timeout?: number })
    readonly inTransaction: boolean
    prepare(sql: string): Statement
    pragma(source: string, options?: { simple?: boolean }): unknown
    close(): void
  }
}
