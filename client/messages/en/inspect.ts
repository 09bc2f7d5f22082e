/** Inspection before shipping: quantity, appearance and packaging, labels; pass, hold or fail. */
import type { inspect as zhTW } from '../zh-TW/inspect.ts'
import type { Words } from '../words.ts'

export const inspect: Words<typeof zhTW> = {
  title: 'Inspect',
  dot: ' · ',
  standard: 'Standard: {quality}',
  goods: 'Ordered and picked',
  figures: '{picked}/{of}',
  differs: '{quantity} short',
  over: '{quantity} too many',
  none: 'Nothing was picked',
  more: 'Show {count} more',
  checks: 'Checks',
  hints: {
    quantity: 'Pieces, rolls and weights of every line are as ordered',
    appearance: 'No damage, damp or dirt; packed as ordered',
    appearanceWish: 'No damage, damp or dirt; packaging: {packaging}',
    labels: 'Name, specification, lot or roll and customer: on it and legible',
  },
  words: { pass: 'Pass', fail: 'Fail' },
  result: 'Result',
  results: {
    pass: { title: 'Pass', second: 'It can be packed' },
    hold: { title: 'Hold', second: 'Keep it until somebody decides, then inspect again' },
    fail: { title: 'Fail', second: 'Rework, replace or return' },
  },
  passFailed: 'Passed with a failed check: a supervisor will see it',
  reason: 'Reason',
  reasonHint: 'Which piece, and what is wrong. Kept with the photos.',
  act: { pass: 'Pass, sign', hold: 'Hold, sign', fail: 'Fail, sign' },
  actNone: 'Sign',
  blocked: { checks: 'Not checked yet: {count}', result: 'Choose pass, hold or fail', reason: 'Write down the reason' },
  before: 'Last time {name} {time}: {result}',
  again: 'Inspect again',
  done: {
    pass: 'Inspection passed',
    by: '{name} {time}',
    pack: 'Pack it',
    next: 'Next order',
    list: 'Work list',
    stage: 'Now “{stage}”',
  },
  states: { recorded: 'Recorded', device: 'On this device' },
  photos: 'Photos of what is wrong',
  cancelled: { title: 'Cancelled', by: 'Cancelled by {name} {time}: {reason}', back: 'Put it back' },
}
