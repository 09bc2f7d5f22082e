import type { trips as zhTW } from '../zh-TW/trips.ts'
import type { Words } from '../words.ts'

export const trips: Words<typeof zhTW> = {}
