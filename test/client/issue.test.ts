import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { form, pick } from '../server/floor.ts'
import { type Crew, openCrew } from './crew.ts'

describe('a tap', () => {
  let crew: Crew
  beforeEach(async () => {
    crew = await openCrew()
  })
  afterEach(() => crew.end())

  test('is stored with its number and its effect in one transaction, without a network', async () => {
    const phone = await crew.phone('desk', 'clerk')
    phone.line.up = false
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PickLine', doc: 'o1', payload: pick(3) })
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(4) })
    expect((await phone.db.outbox.toArray()).map(({ seq, type, seen, state }) => ({ seq, type, seen, state }))).toEqual([
      { seq: 1, type: 'PlaceOrder', seen: 0, state: 'waiting' },
      { seq: 2, type: 'PickLine', seen: 1, state: 'waiting' },
      { seq: 3, type: 'PickLine', seen: 3, state: 'waiting' },
    ])
    expect((await phone.order('o1'))?.picks.map((each) => each.quantity)).toEqual([3, 4])
    expect(await phone.db.read('counts')).toMatchObject({ all: 1, open: 1 })
  })

  test('that the device cannot store is not recorded, says why, and takes no number', async () => {
    const phone = await crew.phone('desk', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    const full = () => {
      throw new DOMException('the disk is full', 'QuotaExceededError')
    }
    phone.db.docs.hook('updating', full)
    await expect(phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(3) })).rejects.toThrow('the disk is full')
    phone.db.docs.hook('updating').unsubscribe(full)
    expect(await phone.db.outbox.count()).toBe(1)
    expect((await phone.order('o1'))?.picks).toEqual([])
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(5) })
    expect((await phone.db.outbox.toArray()).map((each) => each.seq)).toEqual([1, 2])
  })

  test('as large as a receipt of hundreds of lines with photographs is taken; larger than any request it is not recorded at all', async () => {
    const phone = await crew.phone('desk', 'clerk')
    const lines = Array.from({ length: 500 }, (_, i) => ({ no: i + 1, sku: `BX-${i}`, name: `牛皮紙 200 g/m² ${i}`, spec: '1092 mm', unit: 'roll' as const, quantity: 1, price: 100, grams: 0 }))
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1', { lines }) })
    const sha = (n: number) => n.toString(16).padStart(64, '0')
    const photos = lines.slice(0, 200).map(({ no }) => sha(no))
    const stroke = (y: number) => Array.from({ length: 5000 }, (_, i): [number, number, number, number] => [(i * 7919) % 1000, y, i * 3, (i * 31) % 1000])
    const receipt = {
      lines: lines.map(({ no }) => ({ line: no, accepted: 1, short: 0, damaged: 0, refused: 0, reason: '外箱受潮'.repeat(20), photos: photos.slice(no - 1, no) })),
      receiver: { name: '謝佳蓉', role: '' },
      ink: { aspect: 2000, strokes: [stroke(100), stroke(300), stroke(500), stroke(700)] },
      place: null,
      photos: [],
    }
    await phone.issue({ type: 'SignReceipt', doc: 'o1', payload: receipt, blobs: photos })
    await phone.sync()
    expect(await phone.db.attention.toArray()).toEqual([])
    expect((await crew.serverOrder('o1')).receipt?.lines[199]?.photos).toEqual([sha(200)])

    const huge = form('N-2', { lines: Array.from({ length: 2000 }, (_, i) => ({ no: i + 1, sku: '紙'.repeat(80), name: '紙'.repeat(300), spec: '紙'.repeat(300), unit: 'roll' as const, quantity: 1, price: 1, grams: 0 })) })
    await expect(phone.device.issue([{ type: 'PlaceOrder', doc: 'o2', payload: huge }])).rejects.toThrow(RangeError)
    expect([await phone.db.outbox.where('state').equals('waiting').count(), await phone.order('o2')]).toEqual([0, null])
  })

  test('that asks for what the rules refuse records nothing and names the reason', async () => {
    const phone = await crew.phone('desk', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    const answer = await phone.device.issue([{ type: 'PickLine', doc: 'o1', payload: pick(1) }, { type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }])
    expect(answer).toEqual({ refused: { type: 'order-exists', number: 'N-1' }, type: 'PlaceOrder' })
    expect((await phone.order('o1'))?.picks).toEqual([])
    expect(await phone.db.outbox.count()).toBe(1)
  })

  test('on a phone that nobody is signed in to is turned away', async () => {
    const phone = await crew.phone('desk', 'clerk')
    await phone.device.people.lock()
    expect(await phone.device.issue([{ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }])).toEqual({ notSignedIn: true })
  })

  test('after the browser dropped the connection to the tables is stored all the same', async () => {
    const phone = await crew.phone('desk', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    phone.db.backendDB().close()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(3) })
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
  })

  test('counts without gaps for numbers that are written in another way, each series by itself', async () => {
    const phone = await crew.phone('desk', 'clerk')
    const seen: unknown[] = []
    for (const [doc, series] of [['o1', 'PK'], ['o2', 'PK'], ['o3', 'SSCC-34712345']] as const)
      await phone.device.issue([
        {
          type: 'PlaceOrder',
          doc,
          payload: (numbers) => {
            seen.push(numbers.count(series))
            return form(numbers.next('SO'))
          },
        },
      ])
    expect(seen).toEqual([{ device: 1, count: 1 }, { device: 1, count: 2 }, { device: 1, count: 1 }])
  })

  test('gives papers numbers of this device, gapless, and a refused one uses none up', async () => {
    const phone = await crew.phone('desk', 'clerk')
    const place = (doc: string) => phone.device.issue([{ type: 'PlaceOrder', doc, payload: (numbers) => form(numbers.next('SO')) }])
    await place('o1')
    await place('o1')
    await place('o2')
    expect([(await phone.order('o1'))?.number, (await phone.order('o2'))?.number]).toEqual(['SO-2611-01-0001', 'SO-2611-01-0002'])
  })
})
