import type { pick as zhTW } from '../zh-TW/pick.ts'
import type { Words } from '../words.ts'

export const pick: Words<typeof zhTW> = {}
