import type { receipt as zhTW } from '../zh-TW/receipt.ts'
import type { Words } from '../words.ts'

export const receipt: Words<typeof zhTW> = {}
