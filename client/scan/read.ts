/** A code as this device's scanner sends it, read on this day. */
import { type Scan, scanOf } from '../../shared/scan/scan.ts'
import type { World } from '../world.ts'
import { scannerHabits } from './habits.ts'

export const readScan = (text: string, { now }: Pick<World, 'now'>): Scan => scanOf(text, { today: new Date(now()).toISOString().slice(0, 10), fnc1: [scannerHabits().fnc1] })
