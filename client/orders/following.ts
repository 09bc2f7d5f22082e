/** Which order stands beside the list of a desk: one of those listed. What the address says, what a hand chose and what an act moved elsewhere stays; another question is what moves it. */
import { type Ref, watch } from 'vue'
import type { Order } from '../../shared/order/order.ts'

type Asked = { list: string; typed: string }

export function useFollowing(
  chosen: Ref<string>,
  { asked, orders, wide }: { asked: () => Asked; /** the answer to it, null until it is there */ orders: () => readonly Order[] | null; wide: () => boolean },
) {
  let answered: Asked | null = null
  /** What stood there before anything was looked for. */
  let before: string | null = null

  watch(
    [orders, wide] as const,
    ([listed, isWide]) => {
      if (!listed) return
      const now = asked()
      const then = answered ?? now
      answered = now
      if (!isWide) return
      const first = listed[0]?.id ?? ''
      const sameList = then.list === now.list
      if (!sameList) before = null
      if (sameList && (then.typed === now.typed || now.typed === '')) {
        if (then.typed !== now.typed) {
          chosen.value = before ?? chosen.value
          before = null
        }
        // The pane is never empty while there is something to choose.
        if (chosen.value === '') chosen.value = first
      } else if (!listed.some(({ id }) => id === chosen.value)) {
        if (now.typed !== '') before ??= chosen.value
        chosen.value = first
      }
    },
    { immediate: true },
  )
  return {
    /** By hand: it stays when nothing is looked for any more. */
    pick(order: Order) {
      before = null
      chosen.value = order.id
    },
  }
}
