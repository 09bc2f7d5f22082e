import type { settings as zhTW } from '../zh-TW/settings.ts'
import type { Words } from '../words.ts'

export const settings: Words<typeof zhTW> = {}
