/**
 * zod for the device: without its compiler of code at run time, which the content security policy forbids. Only what is
 * used goes out: a namespace that is handed on would bring all of zod into the first load.
 */
import { config, parse } from 'zod/mini'

config({ jitless: true })
export { parse }
