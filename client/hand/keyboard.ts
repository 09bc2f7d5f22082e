/**
 * The whole work by keyboard: arrows, Home and End go through a list, F6 from the bar to the first docket of a screen and on, and the keys of the
 * stub have one key each, which is printed on them as soon as somebody works so (`by-keys` on <html>). Not Enter: a scanner sends it,
 * and must not take goods.
 */

import { SHORTCUTS } from '../ui/shortcuts.ts'
import { goesOn, keepFocus, STOPS } from './keep.ts'
import { allIn as all, pressKey, topmost, WRITES } from './keys.ts'

const LIST = 'ul, ol, .rows, [role=rowgroup], .choices'
const STOP = '.cover, .tick-row input, .counter .side:last-child'
/** Fields of one line over what they find. */
const SEEKS = '.search input'
const TRAVELS = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End']
/** As desktops go from pane to pane; with Shift back. */
const ONWARD = 'F6'
const DOCKETS = '.bar, .tools, .docket'
/** Keys beside one another, of which one is a stop of Tab (ui/FilterKeys.vue). */
const ROW = '[role=toolbar]'

export function listenToKeys(): void {
  addEventListener('keydown', hear)
  // A finger or a mouse: the eye needs no key caps.
  addEventListener('pointerdown', () => work(false), { passive: true })
}

/** Asked before it is changed: to take away what is not there counts as a change for who watches. */
function work(byKeys: boolean): void {
  const { classList } = document.documentElement
  if (classList.contains('by-keys') === byKeys) return
  classList.toggle('by-keys', byKeys)
  keepFocus(byKeys)
}

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
  const target = event.target instanceof HTMLElement ? event.target : document.body
  const shortcut = shortcutKey(event.key)
  if (shortcut !== undefined || event.key === 'Tab' || event.key === ONWARD || TRAVELS.includes(event.key)) {
    work(true)
    goesOn()
  }
  if (shortcut) {
    event.preventDefault()
    // Held down it acts once.
    if (event.repeat) return
    pressKey(shortcut)
    // What was being typed was left for the act alone.
    if (document.activeElement === document.body && target.isConnected) target.focus({ preventScroll: true })
  } else if (event.key === ONWARD || (TRAVELS.includes(event.key) && !event.shiftKey)) {
    const next = event.key === ONWARD ? nextDocket(target, event.shiftKey ? -1 : 1) : travel(event.key, target)
    if (!next) return
    event.preventDefault()
    next.focus()
    next.closest('li, [role=row], label')?.scrollIntoView({ block: 'nearest' })
  }
}

/** The first thing to do in it; after the last comes the bar. */
function nextDocket(from: HTMLElement, by: number): HTMLElement | undefined {
  const firsts = all(topmost(), DOCKETS).flatMap((docket) => all(docket, STOPS).slice(0, 1))
  const here = firsts.findIndex((first) => first.closest(DOCKETS)?.contains(from))
  return firsts.at((here < 0 && by < 0 ? by : here + by) % firsts.length)
}

/** null: one of ours, with no key for it here. */
function shortcutKey(key: string): HTMLElement | null | undefined {
  return SHORTCUTS.includes(key) ? (all(topmost(), `[aria-keyshortcuts=${key}]`).at(-1) ?? null) : undefined
}
function travel(key: string, target: HTMLElement): HTMLElement | undefined {
  if (target.matches(WRITES) && !target.matches(SEEKS)) return undefined
  const row = target.closest(ROW)
  if (row && key !== 'ArrowDown') return along(all(row, 'button'), target, key, ['ArrowLeft', 'ArrowRight'])
  const list = target.closest(LIST)
  if (target.matches(STOP)) return list ? along(all(list, STOP), target, key, ['ArrowUp', 'ArrowDown']) : undefined
  // From the bar, the filters, what is sought, or nowhere in particular, into the first list; a list that one stands in leads on to itself alone.
  const begins = key === 'ArrowDown' && (row !== null || target === document.body || target.matches(`h1, .bar-key, [role=dialog], ${SEEKS}`))
  const first = begins ? all(topmost(), LIST).find((each) => all(each, STOP).length > 0) : undefined
  return first && all(first, STOP)[0]
}
function along(stops: readonly HTMLElement[], from: HTMLElement, key: string, [back, on]: readonly [string, string]): HTMLElement | undefined {
  const at = stops.indexOf(from)
  switch (key) {
    case on:
      return stops[at + 1]
    case back:
      return stops[at - 1]
    case 'Home':
      return stops[0]
    case 'End':
      return stops.at(-1)
  }
  return undefined
}
