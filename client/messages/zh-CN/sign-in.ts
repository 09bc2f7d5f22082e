import type { signIn as zhTW } from '../zh-TW/sign-in.ts'
import type { Words } from '../words.ts'

export const signIn: Words<typeof zhTW> = {}
