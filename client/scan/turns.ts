/** Scans are heard one after the other, each on what the one before has left. What comes before its screen knows what it is about waits for that. */
import { watch } from 'vue'
import { printedIn } from '../../shared/scan/printed.ts'

type Heard = (code: string, symbol?: string) => unknown

/** `known`: the screen knows what it is about, or that there is no such thing. A printed command needs that for nothing: it only keeps its turn. */
export function useTurns(known: () => boolean, hear: Heard): Heard {
  let wake = (): void => undefined
  // Once it is drawn, so that what stands there by then hears it.
  watch(known, (is) => is && wake(), { flush: 'post' })
  async function until(): Promise<void> {
    while (!known()) await new Promise<void>((woken) => (wake = woken))
  }

  let last: Promise<unknown> | null = null
  function follow(heard: unknown): unknown {
    if (!(heard instanceof Promise)) return heard
    const turn = heard.finally(() => {
      if (last === turn) last = null
    })
    last = turn
    return turn
  }
  return (code, symbol) => {
    const isPrinted = printedIn(code) !== null
    if (!last && (isPrinted || known())) return follow(hear(code, symbol))
    const before = last ?? Promise.resolve()
    const turn = () => (isPrinted ? undefined : until())
    return follow(before.then(turn, turn).then(() => hear(code, symbol)))
  }
}
