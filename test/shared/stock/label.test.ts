/** What a label says of goods that come in. */
import { describe, expect, test } from 'vitest'
import { scanOf } from '../../../shared/scan/scan.ts'
import { labelled, type Label } from '../../../shared/stock/label.ts'

const TODAY = '2026-11-24'
const GTIN = '09506000134352'
const product = { sku: 'MZ-070-25', barcode: '9506000134352' }
function label(text: string): Label {
  const scan = scanOf(text, { today: TODAY })
  if (scan.is !== 'label') throw new Error(`${text} is ${scan.is}`)
  return scan
}

describe('a label of goods that come in', () => {
  test('says lot, expiry, weight and count', () => {
    expect(labelled(label(`]C101${GTIN}17270131310200250010L-77\u001d3724`), product, 'ream')).toEqual({ lot: 'L-77', supplierLot: '', expires: '2027-01-31', grams: 25_000, quantity: 24 })
  })
  test('says the last good day by best before where it has no expiry; day 00 is the last of its month, and the century the nearest', () => {
    expect(labelled(label(`]C101${GTIN}15280200`), product, 'ream')).toMatchObject({ expires: '2028-02-29' })
    expect(labelled(label(`]C101${GTIN}17990101`), product, 'ream')).toMatchObject({ expires: '1999-01-01' })
    expect(labelled(label(`]C101${GTIN}1527123117270630`), product, 'ream')).toMatchObject({ expires: '2027-06-30' })
  })
  test('of a roll with a serial says the roll, and the lot it was made in beside it', () => {
    expect(labelled(label(`]C101${GTIN}21R-118203\u001d310204125010S-9`), product, 'roll')).toEqual({ lot: 'R-118203', supplierLot: 'S-9', expires: '', grams: 412_500, quantity: 1 })
    expect(labelled(label(`]C101${GTIN}10S-9`), product, 'roll')).toMatchObject({ lot: 'S-9', supplierLot: '', quantity: 1 })
  })
  test('of what is kept by weight says the weight, and nothing where it says only how many', () => {
    expect(labelled(label(`]C101${GTIN}3103001250`), product, 'kg')).toMatchObject({ quantity: 1250 })
    expect(labelled(label(`]C101${GTIN}3112012000`), product, 'm')).toMatchObject({ quantity: 120_000 })
    expect(labelled(label(`]C101${GTIN}3024`), product, 'kg')).toEqual({ wrong: 'unit', wanted: 'kg', came: 24 })
  })
  test('of another product is none of this one', () => {
    expect(labelled(label(']C10109521234543213'), product, 'ream')).toEqual({ wrong: 'product', came: '09521234543213' })
    expect(labelled(label(']C10109521234543213'), null, 'ream')).toMatchObject({ lot: '' })
  })
})
