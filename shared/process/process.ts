/** The ways an order travels, as data: which gates it passes, who signs them, what each blocks and who may override it. */
import type { Grade } from '../order/form.ts'
import type { Role } from '../people/role.ts'

export const GATES = ['confirmation', 'release', 'notice'] as const
export type GateId = (typeof GATES)[number]

/** What a shut gate holds back. */
export type BlockedStep = 'pick' | 'ship'

export type Gate = {
  id: GateId
  /** who may sign it */
  signs: readonly Role[]
  /** grades that must pass it; the others are free by contract (M16) */
  grades: readonly Grade[]
  /** gates that must be signed or free before this one is signed */
  after: readonly GateId[]
  blocks: BlockedStep
  /** who may let the step happen without it, and how long the paper may then be owed (M17) */
  override: { by: readonly Role[]; owedHours: number } | null
}

export const PROCESSES = {
  /** The short process for stock goods (M29): review, confirm, notify allocation, ship. */
  stock: [
    { id: 'confirmation', signs: ['service', 'service-supervisor'], grades: ['A', 'B', 'C'], after: [], blocks: 'pick', override: null },
    {
      id: 'release',
      signs: ['finance'],
      grades: ['B', 'C'],
      after: ['confirmation'],
      blocks: 'ship',
      // An emergency ships first; finance still owes its word, counted down like the notice.
      override: { by: ['service-supervisor'], owedHours: 4 },
    },
    {
      id: 'notice',
      signs: ['service', 'service-supervisor'],
      grades: ['A', 'B', 'C'],
      after: ['confirmation', 'release'],
      blocks: 'ship',
      override: { by: ['service-supervisor'], owedHours: 4 },
    },
  ],
} as const satisfies Record<string, readonly Gate[]>
export type ProcessId = keyof typeof PROCESSES
