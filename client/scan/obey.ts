/** A printed command, or the number of a row, presses what a thumb would: in the sheet on top, otherwise on the screen. */
import { nextTick } from 'vue'
import type { Printed } from '../../shared/scan/printed.ts'
import { keysOnTop as keys, pressKey } from '../hand/keys.ts'
import { endNumbers, numbered, numberNext } from './others.ts'
import { signal } from './signal.ts'

/** Of the first kind that is there: answers to choose from or what became of goods, and then why; boxes to tick; rows that open. */
const LISTED = ['.choices input:not(:disabled), .outcome .side, .why .side', '.tick-row input:not(:disabled)', '.rows .cover']
/** Asked to wait, or waiting for something: it is pressed all the same, since it says what for. */
const SHUT = '[aria-disabled=true], [aria-busy=true]'

export function obey(printed: Printed): void {
  if (isOfNumbers(printed)) return
  if (printed.is === 'digit') return void type(`${printed.digit}`)
  if (printed.is === 'command' && printed.command === 'point') return void type('.')
  if (printed.is === 'command' && printed.command === 'yes' && goesOn()) {
    signal('right')
    return
  }
  // From now on the keys that have no order of their own say which one they are (look/choices.css).
  document.documentElement.dataset.numbers ??= ''
  const key = keyOf(printed)
  signal(!key || key.matches(SHUT) ? 'wrong' : 'right')
  if (key) pressKey(key)
  // One that counts is pressed again; any other was meant once.
  if (!key?.closest('.counter')) endNumbers()
}

/** It numbers the other keys, or says no to their numbers: what lies under them stays. */
function isOfNumbers(printed: Printed): boolean {
  if (printed.is !== 'command') return false
  if (printed.command === 'more') signal(numberNext(listed()) ? 'right' : 'wrong')
  else if (printed.command === 'no' && numbered().length > 0) {
    endNumbers()
    signal('right')
  } else return false
  return true
}
const listed = () => LISTED.map(keys).find((each) => each.length > 0) ?? keys('.stepper input')
/** What stands on the glass is what a number means. */
function chosen(choice: number): HTMLElement | undefined {
  const others = numbered()
  return others.length > 0 ? others.find((each) => each.dataset.number === `${choice}`) : listed()[choice - 1]
}

function keyOf(printed: Exclude<Printed, { is: 'digit' }>): HTMLElement | undefined {
  if (printed.is === 'choice') return chosen(printed.choice)
  switch (printed.command) {
    case 'yes':
    case 'done':
      // Where no act is yellow, the only other one is meant.
      return keys('.main').at(-1) ?? only(keys('.stub .side'))
    case 'no':
      return keys('.sheet-head .bar-key')[0] ?? keys('.bar > .bar-key')[0]
    case 'undo':
    case 'short':
      return keys(`.stub [data-sign=${printed.command}]`)[0]
    case 'plus':
    case 'minus':
      return inHandNow()?.querySelector<HTMLElement>(`.side:${printed.command === 'plus' ? 'last' : 'first'}-child`) ?? undefined
    case 'point':
    case 'more':
      return undefined
  }
}

let inHand: Element | undefined
const isEmpty = (field: Element | null): boolean => field instanceof HTMLInputElement && field.value.trim() === ''
/** The one that has the focus, or was changed last, or what is still to be measured, or the first: the quantity. */
function inHandNow(): Element | undefined {
  const all = keys('.stepper, .measure .read')
  inHand = all.find((each) => each.contains(document.activeElement)) ?? all.find((each) => each === inHand) ?? all.find((each) => isEmpty(each.querySelector('input'))) ?? all[0]
  return inHand
}
/** A figure that was measured is written: a yes goes on to the next that is not, and to the key when there is none. */
function goesOn(): boolean {
  const fields = keys('.measure input')
  const at = fields.findIndex((each) => each.matches(':focus'))
  if (at < 0 || isEmpty(fields[at] ?? null)) return false
  const then = [...fields.slice(at + 1), ...fields.slice(0, at)].find(isEmpty)
  then?.focus()
  return then !== undefined
}

/** One sign after the other is one figure, as long as nothing else has changed it. Too little yet may grow to enough. */
let figure: { of?: Element; digits: string; shown: string } = { digits: '', shown: '' }
async function type(sign: string): Promise<void> {
  const of = inHandNow()
  const input = of?.querySelector('input')
  if (!of || !input) return signal('wrong')
  const before = figure.of === of && figure.shown === input.value ? figure.digits : ''
  if (sign === '.' && (input.inputMode !== 'decimal' || before.includes('.'))) return signal('wrong')
  const digits = sign === '.' && before === '' ? '0.' : `${before}${sign}`
  // Of many that are to be measured the hand sees which it is.
  if (of.matches('.read')) input.focus()
  input.value = digits
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  input.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()
  const grows = Number(input.value) === Number(digits) || Number(digits) < Number(input.ariaValueMin)
  figure = { of, digits: grows ? digits : '', shown: input.value }
  signal(grows ? 'right' : 'wrong')
}
const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined)
