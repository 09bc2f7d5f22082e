/** The people of the example and the devices they work on. The README lists their PINs: the example is for looking, not for work. */
import type { Role } from '../../shared/people/role.ts'

export const SITE_NAME = '回單紙業 大甲廠'

export const DEVICES = [
  { key: 'desk', name: '客服台' },
  { key: 'finance', name: '財務台' },
  { key: 'dock', name: '出貨台' },
  { key: 'phone-1', name: '手機 D-04' },
  { key: 'phone-2', name: '手機 D-05' },
  { key: 'phone-3', name: '手機 D-06' },
  { key: 'tablet', name: '平板 T-02' },
  { key: 'road-1', name: '手機 D-07' },
  { key: 'road-2', name: '手機 D-08' },
  { key: 'road-3', name: '手機 D-09' },
  { key: 'board', name: '主管平板 T-01' },
] as const
export type DeviceKey = (typeof DEVICES)[number]['key']

export const PEOPLE = [
  { key: 'sales', name: '鄭凱文', roles: ['sales'], pin: '2108', device: 'desk' },
  { key: 'service', name: '王雅婷', roles: ['service'], pin: '3127', device: 'desk' },
  { key: 'service-2', name: '周思妤', roles: ['service'], pin: '3146', device: 'desk' },
  { key: 'service-supervisor', name: '李國棟', roles: ['service-supervisor'], pin: '4153', device: 'desk' },
  { key: 'finance', name: '許文彬', roles: ['finance'], pin: '5162', device: 'finance' },
  { key: 'picker-1', name: '林淑惠', roles: ['warehouse'], pin: '6171', device: 'phone-1' },
  { key: 'picker-2', name: '蔡宗翰', roles: ['warehouse'], pin: '6184', device: 'phone-2' },
  { key: 'picker-3', name: '賴怡君', roles: ['warehouse'], pin: '6195', device: 'phone-3' },
  { key: 'quality', name: '吳佩珊', roles: ['quality'], pin: '7203', device: 'tablet' },
  { key: 'shipper', name: '黃建銘', roles: ['shipper', 'warehouse'], pin: '7216', device: 'dock' },
  { key: 'driver-1', name: '陳俊宏', roles: ['driver'], pin: '8224', device: 'road-1' },
  { key: 'driver-2', name: '郭志豪', roles: ['driver'], pin: '8237', device: 'road-2' },
  { key: 'driver-3', name: '簡文雄', roles: ['driver'], pin: '8249', device: 'road-3' },
  { key: 'supervisor', name: '張志明', roles: ['supervisor'], pin: '9258', device: 'board' },
] as const satisfies readonly { key: string; name: string; roles: readonly Role[]; pin: string; device: DeviceKey }[]
export type PersonKey = (typeof PEOPLE)[number]['key']

export const PICKERS = ['picker-1', 'picker-2', 'picker-3'] as const satisfies readonly PersonKey[]
export const DRIVERS = [
  { key: 'driver-1', vehicle: 'KEH-6218' },
  { key: 'driver-2', vehicle: 'KEH-7750' },
  { key: 'driver-3', vehicle: 'KLA-3096' },
] as const satisfies readonly { key: PersonKey; vehicle: string }[]
