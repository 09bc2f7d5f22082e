import type { board as zhTW } from '../zh-TW/board.ts'
import type { Words } from '../words.ts'

export const board: Words<typeof zhTW> = {}
