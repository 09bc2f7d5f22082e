/** A picker with a trolley: the orders on it, which stop is in hand, and whose a scan is. Each pick is a pick of its order, as ever. */
import { computed, nextTick, shallowRef, watch } from 'vue'
import { codeOf } from '../../shared/work/text.ts'
import { expect } from '../../shared/scan/expect.ts'
import { isPrinted, type Scan } from '../../shared/scan/scan.ts'
import { type Carried, isStop, rivalsOf, SLOTS, type Slot, slotOf, stopInHand, type TrolleyStop, walkOfTrolley } from '../../shared/work/trolley.ts'
import { nextStop, walkOf } from '../../shared/work/walk.ts'
import type { Product } from '../../shared/product/product.ts'
import { useDraft } from '../drafts.ts'
import { useDevice } from '../live/device.ts'
import { orderById } from '../live/docs.ts'
import { useLive } from '../live/live.ts'
import { readScan } from '../scan/read.ts'
import { signal } from '../scan/signal.ts'
import { useSession } from '../session.ts'
import { usePicking } from './picking.ts'
import { shelfOf, skusOf } from './shelf.ts'

type Spot = NonNullable<Parameters<typeof stopInHand>[1]>
type Load = Carried & { products: ReadonlyMap<string, Product> }

export function useTrolley(ids: () => readonly string[], commanded: Parameters<typeof usePicking>[1]) {
  const { db, world } = useDevice()
  const session = useSession()
  const loads = useLive(
    async (asked): Promise<Load[]> => {
      const [usual = '', ...wanted] = JSON.parse(asked) as string[]
      const found = await Promise.all(
        wanted.slice(0, SLOTS.length).map(async (id, i): Promise<Load | null> => {
          const order = await orderById(db, id)
          if (!order) return null
          const { products, known } = await shelfOf(db, id, skusOf(order))
          return { slot: SLOTS[i] ?? 'A', order, products, walk: walkOf(order, products, known ?? order, usual) }
        }),
      )
      return found.filter((each) => each !== null)
    },
    () => JSON.stringify([session.site?.tolerance ?? '', ...ids()]),
  ).value

  const walk = computed(() => walkOfTrolley((loads.value ?? []).filter(({ order }) => !order.cancelled && !order.pickingFinished)))
  /** Where the picker is: it holds while its line is open, and leads on from its place, also after a reload. */
  const { draft, clear } = useDraft<{ at: Spot | null }>(`trolley.${ids().join()}`, { at: null })
  const current = computed(() => stopInHand(walk.value, draft.value.at))
  const to = ({ order, stop }: TrolleyStop) => {
    draft.value.at = { order, line: stop.line.no, place: stop.sources[0]?.location ?? stop.place }
  }
  watch(current, (stop) => stop && to(stop), { immediate: true })

  const picking = usePicking(() => current.value?.order ?? ids()[0] ?? '', commanded, { line: () => current.value?.stop.line.no ?? null })
  const rivals = computed(() => (current.value ? rivalsOf(walk.value, current.value) : []))

  /** Until the order of the stop is the one in hand. */
  async function bring(stop: TrolleyStop): Promise<void> {
    to(stop)
    await nextTick()
    if (picking.job.value?.order.id === stop.order) return
    await new Promise<void>((done) => {
      const end = watch(
        () => picking.job.value?.order.id,
        (id) => {
          if (id !== stop.order) return
          end()
          done()
        },
      )
    })
  }

  /** Of another order of the trolley than the one in hand. */
  function elsewhere(scan: Scan): TrolleyStop | null {
    for (const { order, walk: own, products } of loads.value ?? []) {
      if (order.id === current.value?.order) continue
      const answer = expect(scan, { order, walk: own, at: nextStop(own), products })
      const fits = answer.is === 'right' || answer.is === 'other-lot' || answer.is === 'other-line' || answer.is === 'over' || (answer.is === 'place' && answer.right)
      const stop = fits ? walk.value.find((each) => isStop(each, order.id, answer.line)) : undefined
      if (stop) return stop
    }
    return null
  }

  /** Goods that were scanned and that two orders want: into which slot they go. */
  const asking = shallowRef<string | null>(null)
  async function scanned(text: string): Promise<void> {
    const scan = readScan(text, world)
    const load = loads.value?.find(({ order }) => order.id === current.value?.order)
    if (isPrinted(scan) || !load || !current.value) return void (await picking.scanned(text))
    const answer = expect(scan, { order: load.order, walk: load.walk, at: current.value.stop, products: load.products })
    if (answer.is === 'unknown' || answer.is === 'enough' || answer.is === 'again' || (answer.is === 'place' && !answer.right)) {
      const other = elsewhere(scan)
      if (other) await bring(other)
    } else if (answer.is === 'right' && rivals.value.length > 0 && picking.toPlace.value === '') {
      asking.value = text
      signal('ask')
      return
    }
    await picking.scanned(text)
  }

  async function into(slot: Slot): Promise<void> {
    const text = asking.value
    const stop = [current.value, ...rivals.value].find((each) => each?.slot === slot)
    if (!stop || text === null) return signal('wrong')
    asking.value = null
    await bring(stop)
    await picking.scanned(text)
  }
  /** Between two orders the job of the next is still to come. */
  const known = () => picking.failed.value !== null || (loads.value !== undefined && (!current.value || picking.job.value?.order.id === current.value.order))
  return {
    loads,
    known,
    walk,
    current,
    rivals,
    asking,
    to,
    /** nothing is left to come back to */
    clear,
    into,
    intoScanned: (text: string): void => {
      const slot = slotOf(codeOf(text))
      if (slot) void into(slot)
      else signal('wrong')
    },
    picking: { ...picking, scanned },
  }
}
