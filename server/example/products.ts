/** What the example mill sells, in rolls and sheets, by weight and by length, and where it lies. Prices in NT$ per shown unit. */
import type { Unit } from '../../shared/order/quantity.ts'
import { scaleOf } from '../../shared/order/quantity.ts'
import type { Stock } from '../../shared/product/product.ts'
import type { Chance } from './chance.ts'

/** `most`: the largest usual quantity of an order, in shown units. */
export type Goods = { sku: string; name: string; spec: string; unit: Unit; grams: number; price: number; zone: string; most: number; quality: string; packaging: string }

const ROLL = '防潮紙包覆，兩端護板'
const REAM = '每令牛皮紙包，上棧板'

export const PRODUCTS: readonly Goods[] = [
  { sku: 'BK-080-1092', name: '牛皮紙 80 g/m²', spec: '1092 mm 卷筒·芯徑 3 吋', unit: 'roll', grams: 447_000, price: 18_640, zone: 'A', most: 6, quality: '廠標 Q-K80', packaging: ROLL },
  { sku: 'BK-100-787', name: '牛皮紙 100 g/m²', spec: '787 mm 卷筒·芯徑 3 吋', unit: 'roll', grams: 365_000, price: 14_700, zone: 'A', most: 6, quality: '廠標 Q-K100', packaging: ROLL },
  { sku: 'BX-128-889', name: '雙銅紙 128 g/m²', spec: '889 mm 卷筒·芯徑 3 吋', unit: 'roll', grams: 412_000, price: 24_600, zone: 'C', most: 5, quality: '廠標 Q-X128', packaging: ROLL },
  { sku: 'BX-150-787', name: '雙銅紙 150 g/m²', spec: '787 mm 卷筒·芯徑 3 吋', unit: 'roll', grams: 412_000, price: 25_300, zone: 'C', most: 5, quality: '廠標 Q-X150', packaging: ROLL },
  { sku: 'BX-200-787', name: '雙銅紙 200 g/m²', spec: '787 mm 卷筒·芯徑 6 吋', unit: 'roll', grams: 412_000, price: 30_380, zone: 'C', most: 4, quality: '廠標 Q-X200', packaging: ROLL },
  { sku: 'WX-120-1600', name: '瓦楞芯紙 120 g/m²', spec: '1600 mm 卷筒·芯徑 4 吋', unit: 'roll', grams: 413_750, price: 15_200, zone: 'B', most: 8, quality: '廠標 Q-W120', packaging: '鋼帶兩道，不包覆' },
  { sku: 'NP-045-781', name: '新聞紙 45 g/m²', spec: '781 mm 卷筒·芯徑 3 吋', unit: 'roll', grams: 380_000, price: 12_900, zone: 'B', most: 8, quality: '廠標 Q-N45', packaging: ROLL },
  { sku: 'WX-140-KG', name: '瓦楞芯紙 140 g/m²', spec: '1250 mm 卷筒，依實重計', unit: 'kg', grams: 0, price: 21, zone: 'B', most: 4200, quality: '廠標 Q-W140', packaging: '鋼帶兩道，不包覆' },
  { sku: 'HB-350-KG', name: '灰紙板 350 g/m²', spec: '787 × 1092 mm 平版，依實重計', unit: 'kg', grams: 0, price: 24, zone: 'D', most: 1800, quality: '廠標 Q-H350', packaging: '棧板，收縮膜' },
  { sku: 'LX-065-1000', name: '離型紙 65 g/m²', spec: '1000 mm 卷筒·芯徑 3 吋，依長度計', unit: 'm', grams: 0, price: 9, zone: 'D', most: 3000, quality: '廠標 Q-L65', packaging: ROLL },
  { sku: 'MZ-070-25', name: '模造紙 70 g/m²', spec: '菊版 636 × 939 mm·500 張', unit: 'ream', grams: 20_900, price: 1_260, zone: 'D', most: 60, quality: '廠標 Q-M70', packaging: REAM },
  { sku: 'MZ-080-31', name: '模造紙 80 g/m²', spec: '四六版 787 × 1092 mm·500 張', unit: 'ream', grams: 34_400, price: 2_025, zone: 'D', most: 40, quality: '廠標 Q-M80', packaging: REAM },
  { sku: 'MZ-100-31', name: '模造紙 100 g/m²', spec: '四六版 787 × 1092 mm·500 張', unit: 'ream', grams: 43_000, price: 2_370, zone: 'D', most: 24, quality: '廠標 Q-M100', packaging: REAM },
  { sku: 'BX-120-31', name: '雙銅紙 120 g/m²', spec: '四六版 787 × 1092 mm·500 張', unit: 'ream', grams: 51_600, price: 3_480, zone: 'C', most: 20, quality: '廠標 Q-X120', packaging: REAM },
  { sku: 'HB-400-31', name: '灰紙板 400 g/m²', spec: '787 × 1092 mm·100 張', unit: 'pack', grams: 34_400, price: 860, zone: 'D', most: 50, quality: '廠標 Q-H400', packaging: '棧板，收縮膜' },
  { sku: 'TH-048-080', name: '熱感紙 48 g/m²', spec: '80 mm × 80 m·每箱 50 卷', unit: 'box', grams: 9_800, price: 1_450, zone: 'A', most: 30, quality: '廠標 Q-T48', packaging: '五層紙箱' },
]

/** Zone, row, level: A-03-1. */
export function placeOf(goods: Goods, chance: Chance): string {
  return `${goods.zone}-${String(chance.int(1, 14)).padStart(2, '0')}-${chance.int(1, 3)}`
}
export type Lots = { next(goods: Goods): string }
/** Rolls have a number each, everything else a lot of its day. */
export function lotsFrom(first: number): Lots {
  let roll = first
  return { next: (goods) => (goods.unit === 'roll' ? `R-26-${roll++}` : `L-26-${goods.sku.slice(0, 2)}${roll++ % 10_000}`) }
}
/** The weight of so much, as scales would show it: two per cent up or down, in grams. */
export function weighed(goods: Goods, quantity: number, chance: Chance): number {
  if (goods.unit === 'kg') return quantity
  return Math.round((goods.grams * quantity * chance.int(980, 1020)) / 1000 / 100) * 100
}

/** What lies on the shelves now. */
export function stockOf(goods: Goods, { chance, lots, today }: { chance: Chance; lots: Lots; today: number }): Stock[] {
  const single = goods.unit === 'roll'
  return Array.from({ length: single ? chance.int(8, 16) : chance.int(2, 5) }, () => {
    const quantity = single ? 1 : Math.max(1, Math.round((goods.most * chance.int(40, 160)) / 100)) * scaleOf(goods.unit)
    return {
      location: placeOf(goods, chance),
      lot: lots.next(goods),
      quantity,
      grams: weighed(goods, quantity, chance),
      receivedOn: new Date(today - chance.int(1, 30) * 86_400_000).toISOString().slice(0, 10),
    }
  })
}
