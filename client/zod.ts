/** zod for the device: without its compiler of code at run time, which the content security policy forbids. */
import * as z from 'zod/mini'

z.config({ jitless: true })
export { z }
