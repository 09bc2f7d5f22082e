/** Reads a screen as its reader would, and says what is wrong with it. Runs inside the page: nothing from outside is in reach. */
import type { Page } from 'playwright-core'

export type Wanted = {
  /** words that only another language says */
  foreign: string[]
  /** names of the message files: a text that begins with one and a dot is a key that nobody translated */
  places: string[]
}

declare global {
  interface Window {
    wanted: { [language: string]: { strange: Set<string>; places: string[] } }
  }
}

/** What is wanted in each language: told once to each page that is loaded, as there are thousands of words. */
export function tellWanted(page: Page, wanted: { readonly [language: string]: Wanted }): Promise<void> {
  return page.evaluate((wanted) => {
    window.wanted = Object.fromEntries(Object.entries(JSON.parse(wanted) as { [language: string]: Wanted }).map(([language, { foreign, places }]) => [language, { strange: new Set(foreign), places }]))
  }, JSON.stringify(wanted))
}

export function readScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const findings = new Set<string>()
    const { lang } = document.documentElement
    const mine = window.wanted[lang]
    if (!mine) return [`nobody said what is wanted in ${lang}`]
    const { strange, places } = mine
    const latin = lang === 'en'
    const key = new RegExp(`(?<![\\w./@-])(?:${places.join('|')})\\.[a-z][\\w-]*`)
    const nameOf = (element: Element): string => {
      const classes = element.classList.length > 0 ? `.${[...element.classList].join('.')}` : ''
      return `${element.tagName.toLowerCase()}${classes}`
    }
    const placeOf = (element: Element): string => [element.parentElement, element].flatMap((each) => (each ? [nameOf(each)] : [])).join(' > ')
    const say = (what: string, element: Element, text = ''): void => {
      findings.add(`${what}: ${placeOf(element)}${text === '' ? '' : ` «${text.trim().slice(0, 60)}»`}`)
    }
    /** Under a sheet nothing is read. */
    const sheet = [...document.querySelectorAll('[role=dialog]')].at(-1)
    const root = sheet ?? document.body

    const wide = document.documentElement.scrollWidth - innerWidth
    if (wide > 0) {
      const outer = [...document.body.querySelectorAll('*')].find((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
      say(`scrolls sideways by ${wide} px`, outer ?? document.body)
    }

    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (text === '' || !element?.checkVisibility({ visibilityProperty: true }) || element.closest('.heard, script, style, option') || unseen(element)) continue
      says(text, element)
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) if (rect.width > 0) fits(rect, element, text)
      if (latin && element.closest('.side, .main, h1, h2, h3, th, .state')) whole(node, element)
    }
    for (const element of root.querySelectorAll('[aria-label], [placeholder], [alt], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'alt', 'title']) {
        const text = element.getAttribute(name)?.trim() ?? ''
        if (text !== '') says(text, element)
      }
    }

    /** there for ears only */
    function unseen(element: Element): boolean {
      for (let at: Element | null = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath === 'inset(50%)') return true
      return false
    }
    function says(text: string, element: Element): void {
      if (key.test(text)) say('untranslated key', element, text)
      if (/\{\w+\}|\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b/.test(text)) say('not filled in', element, text)
      if (strange.has(text)) say('in another language', element, text)
    }
    function whole(node: Node, element: Element): void {
      for (const word of (node.textContent ?? '').matchAll(/[A-Za-z]{3,}/g)) {
        const range = document.createRange()
        range.setStart(node, word.index)
        range.setEnd(node, word.index + word[0].length)
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)))
        if (lines.size > 1) say('a word is broken', element, word[0])
      }
    }
    function fits(rect: DOMRect, element: Element, text: string): void {
      const hold = element.closest('button, a, .state, .chip, label')
      if (hold && !hold.matches('.cover, .underline')) {
        const box = hold.getBoundingClientRect()
        if (rect.left < box.left - 1 || rect.right > box.right + 1 || rect.top < box.top - 2 || rect.bottom > box.bottom + 2) say('sticks out of its key', element, text)
      }
      let down = true
      for (let at: Element | null = element; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at)
        // What ends in an ellipsis says that it goes on, and what moves under the finger can be reached.
        if (style.textOverflow === 'ellipsis' || style.getPropertyValue('-webkit-line-clamp') !== 'none') return
        if (/auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth + 1) return
        if (/auto|scroll/.test(style.overflowY) && at.scrollHeight > at.clientHeight + 1) down = false
        const box = at.getBoundingClientRect()
        const acrossCut = /hidden|clip/.test(style.overflowX) && (rect.right > box.right + 1 || rect.left < box.left - 1)
        const downCut = down && /hidden|clip/.test(style.overflowY) && (rect.bottom > box.bottom + 2 || rect.top < box.top - 2)
        if (acrossCut || downCut) say('cut', element, text)
        if (style.position === 'fixed') break
      }
      if (rect.right > innerWidth + 1 || rect.left < -1) say('beyond the edge', element, text)
    }

    const yellow = [...root.querySelectorAll('.main:not([aria-disabled=true])')].filter((each) => each.checkVisibility())
    if (yellow.length > 1) say(`${yellow.length} yellow keys`, yellow[1] ?? root)
    for (const element of root.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, [role=button]')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.matches('.heard, .cover, .underline') || element.closest('.heard')) continue
      const hold = element.matches('input[type=checkbox], input[type=radio], input[type=file]') ? (element.closest('label') ?? element) : (element.closest('.unit') ?? element)
      const { width, height } = hold.getBoundingClientRect()
      if (width > 0 && (width < 47 || height < 47)) say(`a target of ${Math.round(width)} × ${Math.round(height)} px`, element, element.textContent ?? '')
    }
    return [...findings]
  })
}
