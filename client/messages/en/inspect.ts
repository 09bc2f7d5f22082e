import type { inspect as zhTW } from '../zh-TW/inspect.ts'
import type { Words } from '../words.ts'

export const inspect: Words<typeof zhTW> = {}
