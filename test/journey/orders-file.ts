/** Orders for machines without the real ones: a flat file of two small orders and one more. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Row = { number: string; customer: string; sku: string; name: string; quantity: number }
export const lines: readonly Row[] = [
  { number: 'G-1001', customer: '大安印刷', sku: 'BX-204', name: '牛皮紙 200 g', quantity: 12 },
  { number: 'G-1001', customer: '大安印刷', sku: 'WP-100', name: '模造紙 100 g', quantity: 3 },
  { number: 'G-1002', customer: '𠮷田紙行', sku: 'WP-100', name: '模造紙 100 g', quantity: 7 },
  { number: 'G-1003', customer: '三和紙器', sku: 'CB-350', name: '灰紙板 350 g', quantity: 5 },
  { number: 'G-1003', customer: '三和紙器', sku: 'BX-204', name: '牛皮紙 200 g', quantity: 2 },
]

export function writeOrders(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'orders-')), 'orders.csv')
  const head = '訂單編號,客戶名稱,品號,品名,數量,單價,下單日期,答應交期,送貨地址,聯絡人,電話'
  const rows = lines.map((row) => `${row.number},${row.customer},${row.sku},${row.name},${row.quantity},120,2026-11-20,2026-12-20,台中市大里區工業路 66 號,林小姐,04-1234`)
  writeFileSync(file, `${[head, ...rows].join('\n')}\n`)
  return file
}
