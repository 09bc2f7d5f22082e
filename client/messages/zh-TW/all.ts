/** Every message of this language, by the place it is used in. */
import { board } from './board.ts'
import { deliver } from './deliver.ts'
import { imports } from './import.ts'
import { inspect } from './inspect.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { photos } from './photos.ts'
import { pick } from './pick.ts'
import { receipt } from './receipt.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { ship } from './ship.ts'
import { signIn } from './sign-in.ts'
import { sync } from './sync.ts'
import { trips } from './trips.ts'
import { work } from './work.ts'

export const messages = { order, shell, signIn, work, pick, inspect, photos, ship, trips, deliver, receipt, orders, imports, sync, board, settings }
