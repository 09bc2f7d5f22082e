/** A screen that has changed to its done state says so at its top. */
import { watch } from 'vue'

/** The page, and the panes that scroll by themselves. */
export function toTop(): void {
  window.scrollTo({ top: 0 })
  for (const pane of document.querySelectorAll('.pane')) pane.scrollTop = 0
}

/** `done` is unknown until there is something to know it of: what was done before the screen was opened moves nothing. */
export function useTopWhen(done: () => boolean | undefined): void {
  watch(
    done,
    (now, before) => {
      if (now && before === false) toTop()
    },
    { flush: 'post' },
  )
}
