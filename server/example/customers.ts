/** The customers of the example. None exists: roads and telephone numbers are made up and reach nobody. */
import type { Grade, Terms } from '../../shared/order/form.ts'

export type Customer = { id: string; name: string; grade: Grade; terms: Terms; contact: string; phone: string; shipTo: string; receiver: string; role: string }

export const CUSTOMERS: readonly Customer[] = [
  { id: 'C-0101', name: '大安印刷', grade: 'A', terms: 'monthly', contact: '林玉明', phone: '04-0000-0101', shipTo: '台中市大里區示範路 66 號 2 號門', receiver: '林玉明', role: '倉管' },
  { id: 'C-0102', name: '和美彩印', grade: 'A', terms: 'monthly', contact: '許雅琪', phone: '04-0000-0102', shipTo: '彰化縣和美鎮範例街 128 號', receiver: '施明德', role: '廠務' },
  { id: 'C-0103', name: '明德文教', grade: 'A', terms: 'letter-of-credit', contact: '方怡如', phone: '02-0000-0103', shipTo: '新北市中和區示範路二段 9 號 B1', receiver: '方怡如', role: '總務' },
  { id: 'C-0104', name: '日昇報業', grade: 'A', terms: 'monthly', contact: '高振宇', phone: '02-0000-0104', shipTo: '新北市林口區樣張路 300 號 印刷廠', receiver: '曾文彥', role: '值班領班' },
  { id: 'C-0201', name: '立德包裝', grade: 'B', terms: 'deposit-balance', contact: '謝佳蓉', phone: '04-0000-0201', shipTo: '台中市烏日區範例路 12 巷 5 號', receiver: '謝佳蓉', role: '採購' },
  { id: 'C-0202', name: '三和紙器', grade: 'B', terms: 'monthly', contact: '葉俊傑', phone: '04-0000-0202', shipTo: '彰化縣線西鄉示範東路 71 號', receiver: '葉俊傑', role: '老闆' },
  { id: 'C-0203', name: '南投青果合作社', grade: 'B', terms: 'deposit-balance', contact: '洪秀蘭', phone: '049-000-0203', shipTo: '南投縣名間鄉範例巷 18 號 集貨場', receiver: '洪秀蘭', role: '會計' },
  { id: 'C-0204', name: '海山紙箱', grade: 'B', terms: 'telegraphic-transfer', contact: '潘志偉', phone: '02-0000-0204', shipTo: '桃園市龜山區樣張街 45 號', receiver: '潘志偉', role: '廠長' },
  { id: 'C-0205', name: '嘉豐標籤', grade: 'B', terms: 'credit', contact: '蕭惠雯', phone: '05-000-0205', shipTo: '嘉義縣民雄鄉示範三路 8 號', receiver: '蕭惠雯', role: '倉管' },
  { id: 'C-0301', name: '晨光文具', grade: 'C', terms: 'prepaid', contact: '游淑芬', phone: '04-0000-0301', shipTo: '台中市北區範例街 210 號 1 樓', receiver: '游淑芬', role: '店長' },
  { id: 'C-0302', name: '永靖紙行', grade: 'C', terms: 'cash-on-delivery', contact: '邱永福', phone: '04-0000-0302', shipTo: '彰化縣永靖鄉示範路 33 號', receiver: '邱永福', role: '老闆' },
  { id: 'C-0303', name: '小巷手作', grade: 'C', terms: 'prepaid', contact: '江𠮷安', phone: '06-000-0303', shipTo: '台南市中西區樣張巷 7 弄 2 號', receiver: '江𠮷安', role: '店主' },
  { id: 'C-0304', name: '福興禮品包裝', grade: 'C', terms: 'cash-on-delivery', contact: '溫美玲', phone: '07-000-0304', shipTo: '高雄市三民區範例二路 154 號', receiver: '溫美玲', role: '店長' },
]
