import { afterEach, describe, expect, it, vi } from 'vitest'
import { placeNow } from '../../../client/deliver/place.ts'
import { dial, mapOf } from '../../../client/deliver/reach.ts'

describe('a number to dial', () => {
  it.each([
    ['04-2335-8841 轉 12', 'tel:0423358841,12'],
    ['(02) 2311-0001 分機 214', 'tel:0223110001,214'],
    ['+886 912-345-678', 'tel:+886912345678'],
    ['０４－００００－０２０１', 'tel:0400000201'],
    ['07-000-0304 ext. 5', 'tel:070000304,5'],
    ['', null],
    ['請先打給警衛', null],
  ])('%s → %s', (phone, link) => expect(dial(phone)).toBe(link))
})

describe('an address to drive to', () => {
  it('opens in the phone’s own map', () => expect(mapOf(' 大里區工業路 66 號 ')).toBe(`geo:0,0?q=${encodeURIComponent('大里區工業路 66 號')}`))
  it('is no link when there is none', () => expect(mapOf('  ')).toBeNull())
})

describe('where the device is', () => {
  afterEach(() => void vi.useRealTimers())
  type Ask = Geolocation['getCurrentPosition']
  const world = (getCurrentPosition: Ask): Geolocation => ({ getCurrentPosition, watchPosition: () => 0, clearWatch: () => undefined })

  it('is known with its accuracy', async () => {
    const here = { coords: { latitude: 24.1, longitude: 120.68, accuracy: 12 } } as GeolocationPosition
    expect(await placeNow(world((ok) => ok(here)))).toEqual({ latitude: 24.1, longitude: 120.68, accuracyM: 12 })
  })
  it('is nobody’s business when the driver says no', async () => {
    expect(await placeNow(world((_, no) => no?.({ code: 1 } as GeolocationPositionError)))).toBeNull()
  })
  it('is not waited for longer than four seconds, also while the browser still asks', async () => {
    vi.useFakeTimers()
    const answer = placeNow(world(() => undefined))
    await vi.advanceTimersByTimeAsync(4000)
    expect(await answer).toBeNull()
  })
})
