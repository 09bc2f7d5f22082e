import type { ship as zhTW } from '../zh-TW/ship.ts'
import type { Words } from '../words.ts'

export const ship: Words<typeof zhTW> = {}
