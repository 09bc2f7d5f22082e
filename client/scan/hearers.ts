/** Every scan of the app, whichever way it came, goes to whoever asked last: a sheet before the screen under it. */
import { ref, shallowReactive } from 'vue'

/** null: what is typed here is no scan, however fast, and nobody else's either (a PIN). `symbol`: which kind of code, if that is known. */
export type Hear = ((code: string, symbol?: string) => unknown) | null
export type Hearer = { hear: Hear; /** a screen's is filmed for above the screen, a sheet's inside the sheet; where only printed commands have a meaning nothing is filmed */ on: 'screen' | 'sheet' | 'commands' }
export const hearers = shallowReactive<Hearer[]>([])

/** The person wants the camera. It stays from screen to screen until it is put away: a pick is many scans. */
export const filming = ref(false)

/** From a camera or a field; a scanner that types is heard by itself. */
export function scanned(code: string, symbol?: string): unknown {
  return hearers.at(-1)?.hear?.(code, symbol)
}
