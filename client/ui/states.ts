/** The six states everything on a screen can be in, each with its sign. The word comes from the message files. */
import type { IconName } from './icons.ts'

export const STATES = ['recorded', 'device', 'refused', 'blocked', 'exception', 'done'] as const
export type State = (typeof STATES)[number]

export const STATE_SIGN: Record<State, IconName> = {
  recorded: 'recorded',
  device: 'dotted-tick',
  refused: 'refused',
  blocked: 'barrier',
  exception: 'triangle',
  done: 'docket-done',
}
