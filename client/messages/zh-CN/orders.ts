import type { orders as zhTW } from '../zh-TW/orders.ts'
import type { Words } from '../words.ts'

export const orders: Words<typeof zhTW> = {}
