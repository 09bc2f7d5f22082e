/** The scanner that types: heard wherever the focus is, while somebody hears scans. */
import { onScopeDispose } from 'vue'
import { scannerHabits } from './habits.ts'
import { type Hear, type Hearer, hearers, scanned } from './hearers.ts'
import { useTurns } from './turns.ts'
import { createWedge, PAUSE_MS } from './wedge.ts'

/** Hears scans, the camera's too, until its scope ends, before all who asked earlier. `known`: see turns.ts. */
export function useScanner(hear: Hear, on: Hearer['on'] = 'screen', known = () => true): Hearer {
  // Whose turn comes late belongs to whoever is on top by then.
  const hearer: Hearer = { hear: hear && useTurns(known, (...scan) => (hearers.at(-1) === hearer ? hear(...scan) : scanned(...scan))), on }
  if (hearers.length === 0) addEventListener('keydown', onKey, { capture: true })
  hearers.push(hearer)
  onScopeDispose(() => {
    hearers.splice(hearers.lastIndexOf(hearer), 1)
    if (hearers.length === 0) removeEventListener('keydown', onKey, { capture: true })
  })
  return hearer
}

const wedge = createWedge(scannerHabits)
const WRITES = 'input:not([type=radio]):not([type=checkbox]), textarea'
/** The field that has the focus, and what it held before the scan began to type into it. */
let field: { element: HTMLInputElement | HTMLTextAreaElement; value: string } | null = null
let pause: ReturnType<typeof setTimeout> | undefined

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.metaKey || event.altKey || hearers.at(-1)?.hear === null) return
  const target = event.target instanceof Element ? event.target.closest<HTMLInputElement | HTMLTextAreaElement>(WRITES) : null
  // A list of choices takes letters, too, but nothing that would have to be put back.
  const { ours, begun, code } = wedge.hear({ key: event.key, at: event.timeStamp, ctrl: event.ctrlKey })
  if (begun) field = target && { element: target, value: target.value }
  clearTimeout(pause)
  pause = setTimeout(() => take(wedge.pause()), PAUSE_MS)
  // A field gets its letters until an end proves that it was a scan: a fast hand is never robbed of one.
  if (ours && (!target || code !== null)) {
    event.preventDefault()
    event.stopPropagation()
  }
  take(code)
}

function take(code: string | null): void {
  if (code === null) return
  if (field && document.activeElement === field.element) {
    field.element.value = field.value
    field.element.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  field = null
  scanned(code)
}
