/** The usual reasons of each outcome, as keys of `deliver.reasons`. */
import type { Differing } from './outcome.ts'

export const REASONS = { short: ['loading', 'missing'], damaged: ['edge', 'wet', 'wrapping', 'dirty'], refused: ['spec', 'late', 'unordered'] } as const satisfies { [outcome in Differing]: readonly string[] }
