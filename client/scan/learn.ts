/** What a scanner sends around a code that is known: learnt from one scan. */
import type { Habits } from './wedge.ts'

/** Keys that only shape the next one. */
const SHAPES = ['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph', 'Meta', 'Dead', 'Process', 'Unidentified']

/** `keys` as KeyboardEvent.key names them. Null: the code was not in what came. */
export function habitsFrom(keys: readonly string[], known: string): Habits | null {
  const sent = keys.filter((key) => !SHAPES.includes(key))
  const code = [...known]
  for (let from = 0; from + code.length <= sent.length; from++) {
    if (!code.every((sign, at) => sent[from + at] === sign)) continue
    const [before, after] = [sent.slice(0, from), sent.slice(from + code.length)]
    // A key with a name says more than the signs beside it.
    return { start: named(before) ?? before.join(''), end: named(after) ?? after.join('') }
  }
  return null
}

const named = (keys: readonly string[]): string | undefined => keys.find((key) => [...key].length > 1)
