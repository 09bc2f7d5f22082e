/** A printed command, or the number of a row, presses what a thumb would: in the sheet on top, otherwise on the screen. */
import type { Printed } from '../../shared/scan/printed.ts'
import { allIn, pressKey, topmost } from '../hand/keys.ts'
import { signal } from './signal.ts'

/** Of the first kind that is there: answers to choose from, boxes to tick, rows that open. */
const LISTED = ['.choices input:not(:disabled)', '.tick-row input:not(:disabled)', '.outcome .side', '.rows .cover']
/** Asked to wait, or waiting for something: it is pressed all the same, since it says what for. */
const SHUT = '[aria-disabled=true], [aria-busy=true]'

export function obey(printed: Printed): void {
  const key = keyOf(printed)
  signal(!key || key.matches(SHUT) ? 'wrong' : 'right')
  if (key) pressKey(key)
}

function keyOf(printed: Printed): HTMLElement | undefined {
  const top = topmost()
  const keys = (what: string) => allIn(top, what).filter((each) => !each.closest('[inert]'))
  if (printed.is === 'choice') return LISTED.map(keys).find((each) => each.length > 0)?.[printed.choice - 1]
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
  }
}
const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined)
