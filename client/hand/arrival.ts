/** On another screen the keyboard and whoever listens begin at its heading, unless the screen itself says where. */
import type { Router } from 'vue-router'

export function beginAtHeading(router: Router): void {
  router.afterEach((to, from, failure) => {
    // A changed query is the same screen. The first screen of all is announced by the browser itself.
    if (!failure && to.path !== from.path && from.matched.length > 0) setTimeout(begin)
  })
}

/** A screen that looks up what it is about has its heading later. */
const heading = new MutationObserver(begin)

/** Behind the drawing of the screen. */
export function begin(): void {
  heading.disconnect()
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  const first = document.querySelector<HTMLElement>('h1')
  if (first) {
    first.tabIndex = -1
    first.focus({ preventScroll: true })
  } else heading.observe(document.body, { childList: true, subtree: true })
}
