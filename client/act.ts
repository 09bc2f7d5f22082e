/** A person acts: asks for the PIN where the step counts only when signed, issues, and says what became of it. */
import { ref } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { COMMANDS, isCommandType } from '../shared/order/commands.ts'
import { useExplain } from './explain.ts'
import type { Act } from './issue.ts'
import { useDevice } from './live/device.ts'
import { drawFirst } from './live/drawing.ts'
import { useAnswers } from './shell/answers.ts'
import { usePin } from './shell/pin.ts'

/** `done`: stored on this device, on its way. Everything else: nothing was recorded, and the person has been told why. */
export type Outcome = 'done' | 'refused' | 'turned-away' | 'not-saved' | 'not-signed-in'

/** Whether the rules want the PIN for this act. Before confirmation a cancellation needs none: its screen decides. */
const wantsPin = (act: Act) => isCommandType(act.type) && COMMANDS[act.type].pin && act.type !== 'CancelOrder'

const SLOW_MS = 150

export function useAct() {
  const device = useDevice()
  const pin = usePin()
  const answers = useAnswers()
  const explain = useExplain()
  const { t } = useI18n()
  /** true while an act is under way: the second of two taps does nothing */
  const busy = ref(false)
  /** the same, once it takes long enough to be wondered at: to draw it at once would hold up what is waited for */
  const slow = ref(false)

  async function once(work: () => Promise<Outcome>): Promise<Outcome> {
    if (busy.value) return 'turned-away'
    busy.value = true
    const timer = setTimeout(() => (slow.value = true), SLOW_MS)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      busy.value = slow.value = false
    }
  }

  async function store(acts: readonly Act[], stored?: () => void): Promise<Outcome> {
    const draw = drawFirst()
    try {
      const issued = await device.issue(acts, stored)
      if ('refused' in issued) {
        answers.say({ kind: 'refused', title: t(`order.commands.${issued.type}`), text: explain.reason(issued.refused) })
        return 'refused'
      }
      if ('notSignedIn' in issued) {
        answers.say({ kind: 'notSignedIn', title: t('shell.answers.notSaved'), text: t('shell.answers.notSignedIn') })
        return 'not-signed-in'
      }
      return 'done'
    } catch (error) {
      const cause = error instanceof Error ? error.message || error.name : String(error)
      answers.say({ kind: 'notSaved', title: t('shell.answers.notSaved'), text: t('shell.answers.notSavedWhy', { cause }) })
      return 'not-saved'
    } finally {
      draw()
    }
  }

  /** All acts become true together, or none. */
  const act = (...acts: Act[]): Promise<Outcome> => actThen(undefined, ...acts)
  /** `stored` is called in the turn in which they are stored, so that all that changes with them is drawn once. */
  const actThen = (stored: (() => void) | undefined, ...acts: Act[]): Promise<Outcome> =>
    acts.some(wantsPin) ? signThen(stored, '', acts) : once(() => store(acts, stored))

  /** The same after the PIN. `about`: with what or to whom, under the question. */
  const sign = (about: string, ...acts: Act[]): Promise<Outcome> => signThen(undefined, about, acts)
  function signThen(stored: (() => void) | undefined, about: string, acts: readonly Act[]): Promise<Outcome> {
    const [first] = acts
    return once(async () => {
      if (!first || !(await pin.ask(t(`order.commands.${first.type}`), about))) return 'turned-away'
      return store(
        acts.map((each) => ({ ...each, signed: true })),
        stored,
      )
    })
  }
  return { act, actThen, sign, busy, slow }
}
