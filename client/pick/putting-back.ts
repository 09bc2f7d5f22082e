/** Goods that go back to their shelf by scanner: the scanned one is the one that is put back, where it came from. */
import { computed, shallowRef } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { lineOf, type Pick } from '../../shared/order/order.ts'
import { goodsOf } from '../../shared/order/raise.ts'
import { printedIn } from '../../shared/scan/printed.ts'
import { type BackAnswer, expectBack } from '../../shared/scan/put-back.ts'
import type { Scan } from '../../shared/scan/scan.ts'
import { comparePlaces } from '../../shared/work/walk.ts'
import { useExplain } from '../explain.ts'
import { useDevice } from '../live/device.ts'
import { useLabels } from '../scan/labels.ts'
import { obey } from '../scan/obey.ts'
import { readScan } from '../scan/read.ts'
import { useScanner } from '../scan/scanner.ts'
import { signal } from '../scan/signal.ts'
import { placesKnown } from '../stock/shelves.ts'
import type { Picking } from './picking.ts'
import type { Job } from './shelf.ts'

type Heard = { answer: BackAnswer; scan: Scan | null; /** what was wanted, place or goods */ wanted: string; /** what was read is a place */ isPlace: boolean }
type Said = { state: 'idle' | 'right' | 'wrong'; title: string; first: string; second: string }
const RIGHT: readonly BackAnswer['is'][] = ['put', 'goods', 'place']

/** `picks`: what lies in the pile of whoever stands here. */
export function usePuttingBack(picking: Picking, job: () => Job, picks: () => readonly Pick[]) {
  const { t } = useI18n()
  const { db, world } = useDevice()
  const explain = useExplain()
  const labels = useLabels()
  /** said to be back; the order that is shown may be behind */
  const put = shallowRef<ReadonlySet<string>>(new Set())
  const chosen = shallowRef('')
  const here = shallowRef('')
  const heard = shallowRef<Heard | null>(null)
  const stamp = shallowRef(0)

  const rows = computed(() =>
    picks()
      .filter(({ command }) => !put.value.has(command))
      .map((pick) => ({ pick, what: wordsOf({ ...pick, lot: '' }), where: whereOf(pick) }))
      .sort((a, b) => comparePlaces(a.pick.from, b.pick.from)),
  )
  /** What was scanned and still has to go to its place. */
  const at = computed(() => rows.value.find(({ pick }) => pick.command === chosen.value) ?? null)

  function wordsOf(pick: Pick): string {
    return explain.goods(goodsOf(job().order, pick.line, pick.quantity - pick.back, pick.lot, pick.from))
  }
  function whereOf({ from }: Pick): string {
    return from === '' ? t('pick.cancelled.noPlace') : t('pick.cancelled.place', { place: from })
  }
  function productOf({ line }: Pick): { sku: string; barcode: string } {
    const sku = lineOf(job().order, line)?.sku ?? ''
    return { sku, barcode: job().products.get(sku)?.barcode ?? '' }
  }
  function say(next: Heard | null) {
    heard.value = next
    stamp.value += 1
    if (next) signal(RIGHT.includes(next.answer.is) ? 'right' : 'wrong')
  }
  const said = computed((): Said => {
    if (!heard.value) return { state: 'idle', title: '', first: '', second: '' }
    const { answer, scan, wanted, isPlace } = heard.value
    const read = scan ? t('pick.wrong.read', { code: scan.is === 'label' ? labels.said(scan) : scan.text }) : ''
    const expected = wanted === '' ? '' : t('pick.wrong.wanted', { code: wanted })
    switch (answer.is) {
      case 'put':
        return { state: 'right', title: t('pick.cancelled.isBack'), first: wordsOf(answer.pick), second: answer.pick.from }
      case 'goods':
        return { state: 'right', title: whereOf(answer.pick), first: wordsOf(answer.pick), second: '' }
      case 'place':
        return { state: 'right', title: t('pick.right.place'), first: answer.place, second: t('pick.cancelled.goodsNext') }
      case 'again':
        return { state: 'wrong', title: t('pick.cancelled.again'), first: read, second: wordsOf(answer.pick) }
      case 'other-place':
      case 'unknown':
        return { state: 'wrong', title: t(isPlace ? 'pick.wrong.place' : 'pick.cancelled.notIt'), first: read, second: expected }
    }
  })

  async function putBack(pick: Pick): Promise<void> {
    if ((await picking.putBack(pick)) !== 'done') return
    put.value = new Set([...put.value, pick.command])
    chosen.value = ''
    say({ answer: { is: 'put', pick }, scan: null, wanted: '', isPlace: false })
  }

  async function hear(code: string): Promise<void> {
    const scan = readScan(code, world)
    const open = rows.value.map(({ pick }) => pick)
    const gone = job().order.picks.filter((pick) => !open.some(({ command }) => command === pick.command))
    const answer = expectBack(scan, { picks: open, gone, at: at.value?.pick ?? null, here: here.value, goodsOf: productOf })
    if (answer.is === 'put') return putBack(answer.pick)
    here.value = answer.is === 'place' ? answer.place : ''
    if (answer.is === 'goods') chosen.value = answer.pick.command
    const isPlace = answer.is === 'other-place' || (answer.is === 'unknown' && scan.is === 'plain' && (await placesKnown(db)).fits(scan.text))
    say({ answer, scan, isPlace, wanted: at.value ? at.value.pick.from : wantedOf(open, isPlace) })
  }
  /** Nothing is in hand: any of them would do, so the first is named. */
  function wantedOf(open: readonly Pick[], isPlace: boolean): string {
    const [first] = open
    if (isPlace || !first) return open.find(({ from }) => from !== '')?.from ?? ''
    return first.lot || productOf(first).sku
  }

  // One after the other, each on what the one before has left.
  let queue: Promise<unknown> = Promise.resolve()
  function scanned(code: string): void {
    const printed = printedIn(code)
    if (printed?.is === 'command' && printed.command === 'no' && heard.value) {
      chosen.value = here.value = ''
      say(null)
    } else if (printed) obey(printed)
    else queue = queue.then(() => hear(code)).catch(() => undefined)
  }
  useScanner(scanned)
  return { rows, at, said, stamp, putBack, scanned }
}
export type PuttingBack = ReturnType<typeof usePuttingBack>
