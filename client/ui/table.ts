/** What a table of the desk is told: its columns, and what it is sorted by. */
import type { InjectionKey } from 'vue'

export type Column<C extends string> = {
  id: C
  title: string
  /** a grid track: '9rem', 'minmax(0, 2fr)'; one share when left out */
  width?: string
  /** figures: set to the right */
  num?: boolean
  sortable?: boolean
}
export type Sort<C extends string> = { by: C; direction: 'ascending' | 'descending' }

export const tableInset: InjectionKey<boolean> = Symbol('rows reach the edges of the paper')
