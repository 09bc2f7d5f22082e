/** The keys of what lies on top, for whoever has no finger free: pressed as a tap would. */
export const WRITES = 'input:not([type=radio]):not([type=checkbox]), textarea, select'

/** The sheet on top, otherwise the screen. */
export const topmost = (): ParentNode => [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document
/** Those of them that are seen. */
export const allIn = (within: ParentNode, what: string): HTMLElement[] => [...within.querySelectorAll<HTMLElement>(what)].filter((each) => each.checkVisibility())

/** Those of what lies on top. */
export const keysOnTop = (what: string): HTMLElement[] => allIn(topmost(), what).filter((each) => !each.closest('[inert]'))

/** What is being typed is taken first. */
export function pressKey(key: HTMLElement): void {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement && activeElement.matches(WRITES)) activeElement.blur()
  key.click()
}
