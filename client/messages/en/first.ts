/** What the way in and every screen need: part of the first load. */
import type { First } from '../messages.ts'
import { roles } from './roles.ts'
import { shell } from './shell.ts'
import { signIn } from './sign-in.ts'

export const messages: First = { roles, shell, signIn }
