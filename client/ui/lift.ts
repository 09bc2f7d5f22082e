/** A finger that comes off the glass again so soon has bounced, whatever the key under it says by now: the second tap would be another fact. */
export const BOUNCE_MS = 250
/** of the last tap that counted, by the clock of events */
let liftedAt = Number.NEGATIVE_INFINITY

/** What it comes down on now was not there when it was lifted. */
export const isBounce = ({ timeStamp }: Event): boolean => timeStamp - liftedAt < BOUNCE_MS

/**
 * A finger's tap counts as the finger leaves the glass. The browser's own click comes a good while later on a slow device, and
 * never after a long press, which is how gloves press.
 */
export function useLift() {
  /** the finger that came down last on the key */
  let finger: number | undefined

  function down(event: TouchEvent): void {
    finger = event.changedTouches[0]?.identifier
  }
  function up(event: TouchEvent): void {
    const [last] = event.changedTouches
    const { currentTarget: key } = event
    const mine = last !== undefined && last.identifier === finger && event.touches.length === 0
    finger = undefined
    // The browser, too, has taken its way for a scroll when it can't be held back.
    if (!mine || !event.cancelable || !(key instanceof HTMLElement) || !isOver(key, last)) return
    // No click of the browser's own follows; ours, too, takes the focus from a field. The key itself gets none: a ring around it is
    // for keyboards, and it would be pressed by the Enter of a scanner.
    event.preventDefault()
    if (isBounce(event)) return
    liftedAt = event.timeStamp
    if (document.activeElement instanceof HTMLElement && document.activeElement !== key) document.activeElement.blur()
    key.click()
  }
  return { down, up }
}

function isOver(key: HTMLElement, { clientX: x, clientY: y }: Touch): boolean {
  const { left, right, top, bottom } = key.getBoundingClientRect()
  return x >= left && x <= right && y >= top && y <= bottom
}
