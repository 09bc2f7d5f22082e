/** What this device's scanner was set to send around each code, kept on the device. The wizard of ScannerScreen.vue learns it. */
import { type Habits, USUAL } from './wedge.ts'

/** `fnc1`: what it types for FNC1, which no keyboard has; '' if it sends GS itself. */
export type ScannerHabits = Habits & { fnc1: string }
const KEY = 'scanner'
export const AS_SOLD: ScannerHabits = { ...USUAL, fnc1: '' }

let kept: ScannerHabits | null = null

export function scannerHabits(): ScannerHabits {
  kept ??= stored()
  return kept
}
export function keepHabits(habits: ScannerHabits): void {
  kept = habits
  localStorage.setItem(KEY, JSON.stringify(habits))
}

function stored(): ScannerHabits {
  try {
    const { start, end, fnc1 } = { ...AS_SOLD, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<ScannerHabits>) }
    return [start, end, fnc1].every((each) => typeof each === 'string') ? { start, end, fnc1 } : AS_SOLD
  } catch {
    return AS_SOLD
  }
}
