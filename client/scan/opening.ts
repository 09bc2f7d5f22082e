/** A scan opens what it names: an order by its number, its delivery order or a package of it, a trip by its own. A printed command presses the keys of the screen. */
import { shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { Order } from '../../shared/order/order.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import { isPrinted, type Scan } from '../../shared/scan/scan.ts'
import { useDevice } from '../live/device.ts'
import { type Found, foundBy } from './find.ts'
import { obey } from './obey.ts'
import { readScan } from './read.ts'
import { useScanner } from './scanner.ts'
import { signal } from './signal.ts'

type Ways = {
  /** what the screen itself has a use for, once it is `known` what it is about; false for everything else */
  here?: (scan: Scan) => boolean
  known?: () => boolean
  /** how this list opens an order, if not by its own page */
  order?: (order: Order) => unknown
  trip?: (trip: Trip) => unknown
  /** goods, or nothing that is known here: what was read, to be looked for among words */
  other?: (text: string, found: Found | null) => unknown
}

/** `unknown`: the last code that opened nothing, until one does. */
export function useOpening(ways: Ways = {}) {
  const { db, world } = useDevice()
  const router = useRouter()
  const unknown = shallowRef('')
  const order = ways.order ?? (({ id }: Order) => router.push({ name: 'order', params: { order: id } }))
  const trip = ways.trip ?? (({ id }: Trip) => router.push({ name: 'trip', params: { trip: id } }))

  async function opened(text: string): Promise<void> {
    const scan = readScan(text, world)
    if (isPrinted(scan)) return obey(scan)
    if (ways.here?.(scan)) {
      unknown.value = ''
      return signal('right')
    }
    const found = await foundBy(db, scan)
    const names = found?.is === 'order' || found?.is === 'trip'
    unknown.value = names ? '' : text
    if (names) signal('right')
    if (found?.is === 'order') await order(found.order)
    else if (found?.is === 'trip') await trip(found.trip)
    else if (ways.other) await ways.other(text, found)
    else signal('wrong')
  }
  useScanner(opened, 'screen', ways.known)
  return { unknown, opened }
}
