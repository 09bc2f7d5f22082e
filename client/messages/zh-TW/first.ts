/** What the way in and every screen need: part of the first load. */
import { order } from './order.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { signIn } from './sign-in.ts'

export const messages = { order, shell, signIn, settings }
