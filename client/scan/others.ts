/** Keys that no printed code presses by itself are numbered on the glass, nine at a time, and a printed number presses them. */
import { SCAN_CHOICES } from '../../shared/scan/printed.ts'
import { keysOnTop } from '../hand/keys.ts'

/** What acts comes before what leads elsewhere, and at the end what a list has beyond its ninth. */
const KINDS = ['.stub .side', '.side', '.filter-key', '.bar-key', '.choices input, .tick-row input, .rows .cover']
/** Shut, or with a code of its own. */
const LEFT_OUT = '[aria-disabled=true], :disabled, .stepper .side, .sheet-head .bar-key'
/** The box of a card is nothing to see a number on: the card is. */
const cardOf = (key: HTMLElement): HTMLElement => key.closest('label') ?? key

export const numbered = (): HTMLElement[] => keysOnTop('[data-number]')
/** The next ones, without those that a number presses already; false where there are none. */
export function numberNext(listed: readonly HTMLElement[]): boolean {
  const own = listed.slice(0, SCAN_CHOICES.length)
  const all = [...new Set(KINDS.flatMap(keysOnTop))].filter((each) => !each.matches(LEFT_OUT) && !own.includes(each))
  const from = all.findLastIndex((each) => cardOf(each).dataset.number !== undefined) + 1
  endNumbers()
  const next = all.slice(from, from + SCAN_CHOICES.length)
  for (const [i, each] of next.entries()) cardOf(each).dataset.number = `${i + 1}`
  next[0]?.scrollIntoView({ block: 'nearest' })
  if (next.length > 0) document.documentElement.dataset.numbers = 'others'
  return next.length > 0
}
export function endNumbers(): void {
  const { dataset } = document.documentElement
  if (dataset.numbers === 'others') dataset.numbers = ''
  for (const each of document.querySelectorAll<HTMLElement>('[data-number]')) delete each.dataset.number
}
