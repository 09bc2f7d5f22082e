/** A person acts: asks for the PIN where the step counts only when signed, issues, and says what became of it. */
import { ref } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { COMMANDS, isCommandType } from '../shared/order/commands.ts'
import { useExplain } from './explain.ts'
import type { Act } from './issue.ts'
import { useDevice } from './live/device.ts'
import { useAnswers } from './shell/answers.ts'
import { usePin } from './shell/pin.ts'

/** `done`: stored on this device, on its way. Everything else: nothing was recorded, and the person has been told why. */
export type Outcome = 'done' | 'refused' | 'turned-away' | 'not-saved' | 'not-signed-in'

/** Whether the rules want the PIN for this act. Before confirmation a cancellation needs none: its screen decides. */
const wantsPin = (act: Act) => isCommandType(act.type) && COMMANDS[act.type].pin && act.type !== 'CancelOrder'

export function useAct() {
  const device = useDevice()
  const pin = usePin()
  const answers = useAnswers()
  const explain = useExplain()
  const { t } = useI18n()
  /** true while an act is under way: the second of two taps does nothing */
  const busy = ref(false)

  async function once(work: () => Promise<Outcome>): Promise<Outcome> {
    if (busy.value) return 'turned-away'
    busy.value = true
    try {
      return await work()
    } finally {
      busy.value = false
    }
  }

  async function store(acts: readonly Act[]): Promise<Outcome> {
    try {
      const issued = await device.issue(...acts)
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
    }
  }

  /** All acts become true together, or none. */
  const act = (...acts: Act[]): Promise<Outcome> => (acts.some(wantsPin) ? sign('', ...acts) : once(() => store(acts)))

  /** The same after the PIN. `about`: with what or to whom, under the question. */
  function sign(about: string, ...acts: Act[]): Promise<Outcome> {
    const [first] = acts
    return once(async () => {
      if (!first || !(await pin.ask(t(`order.commands.${first.type}`), about))) return 'turned-away'
      return store(acts.map((each) => ({ ...each, signed: true })))
    })
  }
  return { act, sign, busy }
}
