import type { imports as zhTW } from '../zh-TW/import.ts'
import type { Words } from '../words.ts'

export const imports: Words<typeof zhTW> = {}
