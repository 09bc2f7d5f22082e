/**
 * A scanner that types: its characters come faster than a hand's and end with Enter. Told apart by time alone, so that it works
 * wherever the focus is, and a person who types is left in peace.
 */
export type Key = { key: string; at: number }
/** `ours`: the key belongs to a scan and must do nothing else (Enter would press the key that has the focus). */
export type Heard = { ours: boolean; code: string | null }

/** Scanners send a key every 1–50 ms, a wireless one with pauses; a hand that looks for its keys takes over 100. */
const GAP_MS = 100
/** Shorter is a stray key with Enter after it. */
const LEAST = 3
const LONGEST = 500

export function createStream() {
  let code = ''
  let last = Number.NEGATIVE_INFINITY

  return {
    hear({ key, at }: Key): Heard {
      const fast = at - last <= GAP_MS
      if (key === 'Enter' || key === 'Tab') {
        const whole = fast && code.length >= LEAST ? code : null
        code = ''
        return { ours: whole !== null, code: whole }
      }
      // Shift and its like come between the letters of a scan.
      if ([...key].length !== 1) return { ours: false, code: null }
      code = fast ? (code + key).slice(-LONGEST) : key
      last = at
      return { ours: fast && code.length >= LEAST, code: null }
    },
  }
}
