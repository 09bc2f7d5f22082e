/** The device's own way back closes the topmost sheet, and only then leaves the screen below it. */
import { onScopeDispose, type Ref, watch } from 'vue'
import type { Router } from 'vue-router'

const sheets: (() => void)[] = []

/** `close` is called for the way back while the sheet is the topmost that is open. */
export function closesOnBack(open: Readonly<Ref<boolean>>, close: () => void): void {
  const drop = () => void (sheets.includes(close) && sheets.splice(sheets.indexOf(close), 1))
  watch(open, (is) => (is ? sheets.push(close) : drop()), { immediate: true, flush: 'sync' })
  onScopeDispose(drop)
}

/** What the app itself leads to goes through, whatever is open. */
export function guardBack(router: Router): void {
  let back = false
  router.options.history.listen(() => (back = true))
  router.beforeEach(() => {
    const close = back ? sheets.at(-1) : undefined
    back = false
    close?.()
    return close === undefined
  })
}
