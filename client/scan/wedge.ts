/**
 * Hears a scanner that types like a keyboard, among a person's own keys. Its code ends with what it was set to send at the end; one
 * that sends nothing there is heard by its pause. Where it sends nothing in front either, time tells it from a hand.
 */

/** `at` is ms on any clock. `ctrl`: control signs come as Ctrl with a letter, GS as Ctrl and `]`. */
export type Key = { key: string; at: number; ctrl?: boolean }
/**
 * `ours`: the key belongs to a scan and must do nothing else (Enter would press the key that has the focus). `begun`: it is the first of
 * what may become one: a field holds now what it held before.
 */
export type Heard = { ours: boolean; begun: boolean; code: string | null }

/** What a scanner was set to send around each code, as KeyboardEvent.key names it or as text; '' for nothing. The wizard learns it. */
export type Habits = { start: string; end: string }
export const USUAL: Habits = { start: '', end: 'Enter' }

/** Ms between two keys: most of a scan's are below FAST (0–50 by what is sold), a hand that looks for its keys takes over 100. */
const FAST_MS = 60
/** A scan begins anew after this; a wireless one that was under way may have a hiccup. */
const GAP_MS = 100
const HICCUP_MS = 500
/** Where nothing ends a code, it is whole after this. */
export const PAUSE_MS = 150
/** Shorter is a stray key with Enter behind it; without an Enter to prove it, two fingers at once. */
const LEAST = 3
const LEAST_UNENDED = 6
const LONGEST = 4000

const isSign = (key: string) => [...key].length === 1
/** What Ctrl makes of a key: GS of `]`, RS of `^`, EOT of `d`. */
const controlOf = (key: string): string => String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f)

export function createWedge(habits: () => Habits) {
  let signs: string[] = []
  let last = Number.NEGATIVE_INFINITY
  let quick = 0
  /** the key that is sent in front has come */
  let announced = false

  function forget() {
    signs = []
    quick = 0
    announced = false
    last = Number.NEGATIVE_INFINITY
  }
  /** Most of its keys came faster than a hand's. */
  const isQuick = () => quick * 2 >= signs.length - 1
  function whole(least: number): string | null {
    const { start } = habits()
    const text = signs.join('')
    const [proven, inner] = announced ? [true, text] : start === '' ? [isQuick(), text] : [text.startsWith(start), text.slice(start.length)]
    forget()
    return proven && inner.length >= least ? inner : null
  }
  const isEnd = (key: string) => key === 'Enter' || key === 'Tab' || key === habits().end

  return {
    hear({ key, at, ctrl = false }: Key): Heard {
      const gap = at - last
      const goes = gap <= GAP_MS || announced || (gap <= HICCUP_MS && signs.length >= LEAST && isQuick())
      if (!goes) forget()
      if (isEnd(key) && signs.length > 0) {
        const code = whole(LEAST)
        return { ours: code !== null, begun: false, code }
      }
      if (!isSign(key)) {
        // Shift and its like come between the letters of a scan. Some scanners send a key in front that types nothing: F8.
        if (key === '' || key !== habits().start) return { ours: false, begun: false, code: null }
        forget()
        announced = true
        last = at
        return { ours: true, begun: true, code: null }
      }
      if (ctrl && signs.length === 0) return { ours: false, begun: false, code: null }
      const begun = signs.length === 0 && !announced
      if (signs.length > 0 && gap <= FAST_MS) quick += 1
      if (signs.length < LONGEST) signs.push(ctrl ? controlOf(key) : key)
      last = at
      return { ours: announced || (signs.length >= LEAST && isQuick()), begun, code: null }
    },
    /** Nothing has come for PAUSE_MS. */
    pause: (): string | null => (habits().end === '' && signs.length > 0 ? whole(LEAST_UNENDED) : null),
  }
}
