import type { sync as zhTW } from '../zh-TW/sync.ts'
import type { Words } from '../words.ts'

export const sync: Words<typeof zhTW> = {}
