import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportDesk, openImportDesk } from './desk.ts'

const MEGA = 1024 * 1024

/** Lines of orders until so many bytes are sent; every third line belongs to an order that began long before. */
function orders(bytes: number): { stream: ReadableStream<Uint8Array>; rows(): number } {
  const encoder = new TextEncoder()
  let [sent, row] = [0, 0]
  const memo = '請於上午九點以前送達倉庫後門，司機抵達前先打電話'.repeat(12)
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      let text = row === 0 ? '訂單編號,客戶名稱,品號,品名,數量,單價,訂單日期,備註\n' : ''
      for (let i = 0; i < 500; i++, row++) text += `S-${row % 3 === 0 ? row % 999 : Math.floor(row / 10)},林紙行,BX-${row % 5000},牛皮紙,${(row % 90) + 1},1200,2026/11/24,"${memo}"\n`
      const chunk = encoder.encode(text)
      sent += chunk.length
      controller.enqueue(chunk)
      if (sent >= bytes) controller.close()
    },
  })
  return { stream, rows: () => row }
}

describe('large files', () => {
  let desk: ImportDesk
  beforeEach(async () => {
    desk = await openImportDesk()
  })
  afterEach(() => desk.floor.end())

  test('50 MB go through in bounded memory, and a phone that syncs meanwhile is answered', { timeout: 120_000 }, async () => {
    await desk.phone.sync()
    const { stream, rows } = orders(50 * MEGA)
    const before = process.memoryUsage().rss
    let [peak, phases, syncs] = [before, new Set<string>(), 0]
    const began = performance.now()
    await desk.start()
    expect((await desk.put('orders.csv', stream)).status).toBe(200)
    const through = async () => {
      for (;;) {
        const { progress } = await desk.state()
        peak = Math.max(peak, process.memoryUsage().rss)
        if (progress === null) return
        if (progress.done > 0 && progress.done < progress.of) phases.add(progress.phase)
        await desk.phone.sync()
        syncs += 1
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await through()
    await desk.ask('POST', `/${desk.id}/preview`, JSON.stringify(await desk.guessed()))
    await through()
    const state = await desk.state()
    expect(state.preview?.report).toMatchObject({ rows: rows(), lines: rows(), badRows: 0 })
    expect(state.files[0]?.size).toBeGreaterThan(50 * MEGA)
    // Under way it said how far it was, more than once.
    expect([...phases]).toEqual(['reading', 'previewing'])
    expect(syncs).toBeGreaterThan(20)
    const grown = Math.round((peak - before) / MEGA)
    console.info(`50 MB, ${rows()} rows, ${state.preview?.report.orders} orders: ${Math.round(performance.now() - began)} ms, memory grew by ${grown} MB, ${syncs} syncs meanwhile`)
    expect(grown).toBeLessThan(300)
  })
})
