/** Which key of a keyboard presses which key of a stub (hand/keyboard.ts): said to whoever listens, printed when somebody works by keys. */
export const MAIN_SHORTCUT = 'F9'
const SIDE_SHORTCUTS = ['F2', 'F4'] as const
export const SHORTCUTS: readonly string[] = [MAIN_SHORTCUT, ...SIDE_SHORTCUTS]

/** The outlined keys of a stub, in their order; there are two at most (LOOK 1). */
export function nameKeys(stub: Element | null): void {
  for (const [at, key] of [...(stub?.querySelectorAll('.side') ?? [])].entries()) {
    const shortcut = SIDE_SHORTCUTS[at]
    if (shortcut) key.setAttribute('aria-keyshortcuts', shortcut)
    else key.removeAttribute('aria-keyshortcuts')
  }
}
