/** Half filled in, then reloaded: through the real store of a browser tab, which here is a map. */
import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { useDraft, useDraftOf } from '../../client/drafts.ts'

/** The Storage of a browser, full after `most` characters. */
function tab(most = Number.POSITIVE_INFINITY): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, value) {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError')
      kept.set(name, value)
    },
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  }
}
const blank = () => ({ lines: {} as { [no: string]: { damaged: number } }, note: '' })

describe('a draft', () => {
  it('is there again after a reload, however deep the change was', () => {
    const store = tab()
    const { draft } = useDraft('deliver.o1', blank(), store)
    draft.value.lines['2'] = { damaged: 1 }
    if (draft.value.lines['2']) draft.value.lines['2'].damaged = 3
    expect(useDraft('deliver.o1', blank(), store).draft.value).toEqual({ lines: { 2: { damaged: 3 } }, note: '' })
  })

  it('is of one order only', () => {
    const store = tab()
    useDraft('deliver.o1', blank(), store).draft.value.note = '端面壓痕'
    expect(useDraft('deliver.o2', blank(), store).draft.value).toEqual(blank())
  })

  it('is gone after the act, and nothing the screen still shows brings it back', async () => {
    const store = tab()
    const { draft, clear } = useDraft('sign.o1', blank(), store)
    draft.value.note = '林玉明'
    clear()
    draft.value.note = '林玉'
    await nextTick()
    expect(useDraft('sign.o1', blank(), store).draft.value).toEqual(blank())
  })

  it('takes no room when everything was undone', () => {
    const store = tab()
    const { draft } = useDraft('pack.o1', blank(), store)
    draft.value.note = 'x'
    draft.value.note = ''
    expect(store.length).toBe(0)
  })

  it('of an older version in another shape is dropped, and so is what is no draft at all', () => {
    const store = tab()
    store.setItem('draft.load.o1', JSON.stringify({ at: Date.now(), value: { lines: {} } }))
    store.setItem('draft.load.o2', 'not json')
    store.setItem('draft.load.o3', JSON.stringify({ at: Date.now(), value: [1] }))
    for (const id of ['o1', 'o2', 'o3']) expect(useDraft(`load.${id}`, blank(), store).draft.value).toEqual(blank())
  })

  it('lives on in its screen when the browser keeps nothing', () => {
    const { draft } = useDraft('deliver.o1', blank(), tab(10))
    draft.value.note = '整站拒收，客戶說沒有訂'
    expect(draft.value.note).toBe('整站拒收，客戶說沒有訂')
  })

  it('that nobody came back to for a month is thrown away, other things of the tab are not', () => {
    const store = tab()
    const old = Date.now() - 31 * 24 * 3_600_000
    store.setItem('draft.deliver.o1', JSON.stringify({ at: old, value: { lines: {}, note: 'old' } }))
    store.setItem('preferences', '{"glove":true}')
    useDraft('deliver.o2', blank(), store)
    expect(store.getItem('draft.deliver.o1')).toBeNull()
    expect(store.getItem('preferences')).toBe('{"glove":true}')
  })
})

describe('the draft of a sheet that stays', () => {
  const blank = () => ({ note: '' })

  it('is of what the sheet is about now, and the other is there again when it is about that', () => {
    const store = tab()
    const gate = ref('confirmation')
    const { draft } = useDraftOf(() => `sign.o1.${gate.value}`, blank, store)
    draft.value.note = '客戶來電確認'
    gate.value = 'release'
    expect(draft.value).toEqual(blank())
    draft.value.note = '已收訂金'
    gate.value = 'confirmation'
    expect(draft.value.note).toBe('客戶來電確認')
    expect(useDraftOf(() => 'sign.o1.release', blank, store).draft.value.note).toBe('已收訂金')
  })

  it('is gone after the act, and what is typed for the next is kept again', () => {
    const store = tab()
    const { draft, clear } = useDraftOf(() => 'reason.o1', blank, store)
    draft.value.note = '機台故障'
    clear()
    expect([draft.value, store.length]).toEqual([blank(), 0])
    draft.value.note = '又故障'
    expect(useDraftOf(() => 'reason.o1', blank, store).draft.value.note).toBe('又故障')
  })

  it('shows what stands there by now as long as nobody wrote, and comes back over nothing that is newer', () => {
    const store = tab()
    const contact = ref('許雅慧')
    const to = () => ({ to: contact.value })
    const { draft, clear } = useDraftOf(() => 'advise.o1', to, store)
    contact.value = '陳俊宏'
    expect(draft.value.to).toBe('陳俊宏')
    draft.value.to = '林副理'
    contact.value = '簡文雄'
    expect(draft.value.to).toBe('林副理')
    clear()
    expect(draft.value.to).toBe('簡文雄')
    draft.value.to = '林副理'
    expect(useDraftOf(() => 'advise.o1', to, store).draft.value.to).toBe('林副理')
    contact.value = '謝𠮷'
    expect(useDraftOf(() => 'advise.o1', to, store).draft.value.to).toBe('謝𠮷')
  })
})
