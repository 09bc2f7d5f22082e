/** The words of all other places: loaded behind the first screen. */
import { board } from './board.ts'
import { deliver } from './deliver.ts'
import { imports } from './import.ts'
import { inspect } from './inspect.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { photos } from './photos.ts'
import { pick } from './pick.ts'
import { receipt } from './receipt.ts'
import { rescue } from './rescue.ts'
import { scan } from './scan.ts'
import { settings } from './settings.ts'
import { ship } from './ship.ts'
import { sync } from './sync.ts'
import { trips } from './trips.ts'
import { work } from './work.ts'

export const messages = { board, deliver, imports, inspect, order, orders, photos, pick, receipt, rescue, scan, settings, ship, sync, trips, work }
