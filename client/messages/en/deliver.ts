import type { deliver as zhTW } from '../zh-TW/deliver.ts'
import type { Words } from '../words.ts'

export const deliver: Words<typeof zhTW> = {}
