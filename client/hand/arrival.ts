/** On another screen the keyboard and whoever listens begin at its heading, unless the screen itself says where. */
import type { Router } from 'vue-router'

export function beginAtHeading(router: Router): void {
  router.afterEach((to, from, failure) => {
    // A changed query is the same screen. The first screen of all is announced by the browser itself.
    if (!failure && to.path !== from.path && from.matched.length > 0) setTimeout(begin)
  })
}

/** Behind the drawing of the screen. */
function begin(): void {
  const { activeElement } = document
  if (activeElement !== null && activeElement !== document.body) return
  const heading = document.querySelector<HTMLElement>('h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
