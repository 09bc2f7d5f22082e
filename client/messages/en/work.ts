import type { work as zhTW } from '../zh-TW/work.ts'
import type { Words } from '../words.ts'

export const work: Words<typeof zhTW> = {}
