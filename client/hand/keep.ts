/** Whoever works by keys always stands on something: when that goes away, on what is in its place. */
import { begin } from './arrival.ts'
import { topmost } from './keys.ts'

/** What Tab stops at. */
export const STOPS = ':is(a[href], button, input, textarea, select, summary, [tabindex="0"]):not([tabindex="-1"])'
/** What it stood on, and what that lies in, up to the whole screen or sheet; `at`: which of the stops there it was. */
type Stand = { on: HTMLElement; sheet: Element | null; within: readonly { place: Element; at: number }[] }
/** one of the screen, and one of each sheet over it: the last is where the focus was last */
let stands: Stand[] = []

const isThere = (each: Element) => each.isConnected && each.checkVisibility() && !each.matches(':disabled')
const stopsIn = (place: Element) => [...place.querySelectorAll<HTMLElement>(STOPS)]
const firstIn = (place: Element) => stopsIn(place).find(isThere)
function nextIn({ place, at }: Stand['within'][number]): HTMLElement | undefined {
  const stops = place.isConnected ? stopsIn(place).filter(isThere) : []
  return stops[Math.min(at, stops.length - 1)]
}
/** Somebody turns the wheel: they read, and nothing takes them elsewhere before the next key. */
let reading = false
const reads = () => (reading = true)

const watch = new MutationObserver(look)
export function keepFocus(on: boolean): void {
  stands = []
  if (on) {
    remember({ target: document.activeElement })
    addEventListener('focusin', remember)
    addEventListener('wheel', reads, { passive: true })
    watch.observe(document.body, { childList: true, subtree: true })
  } else {
    removeEventListener('focusin', remember)
    removeEventListener('wheel', reads)
    reading = false
    watch.disconnect()
  }
}
/** A key is pressed: what went away meanwhile is looked for now. */
export function goesOn(): void {
  if (!reading) return
  reading = false
  look([])
}

function remember({ target }: Pick<FocusEvent, 'target'>): void {
  if (!(target instanceof HTMLElement) || target === document.body) return
  const sheet = target.closest('[role=dialog]')
  const end = sheet ?? target.closest('main')
  const within: { place: Element; at: number }[] = []
  for (let each = target.parentElement; end && each && end.contains(each); each = each.parentElement) within.push({ place: each, at: Math.max(0, stopsIn(each).indexOf(target)) })
  stands = [...stands.filter((each) => each.sheet !== sheet && each.sheet?.isConnected !== false), { on: target, sheet, within }]
}

function look(changes: readonly MutationRecord[]): void {
  if (reading || document.activeElement !== document.body) return
  const [last] = stands.slice(-1)
  if (!last) return
  // What is sorted anew is taken out and put in again; otherwise what is still there was left on purpose.
  const moved = changes.some(({ removedNodes }) => [...removedNodes].some((each) => each.contains(last.on)))
  if (isThere(last.on) && !moved) return
  // Never behind a sheet.
  const top = topmost()
  for (const { on, within } of stands.toReversed()) {
    const next = isThere(on) ? on : within.flatMap((each) => nextIn(each) ?? [])[0]
    if (next && top.contains(next)) next.focus()
    if (next === document.activeElement) return
  }
  if (top instanceof Element) (top.querySelector<HTMLElement>('[data-autofocus]') ?? firstIn(top))?.focus()
  else begin()
}
