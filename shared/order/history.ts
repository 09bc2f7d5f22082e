/** GET /api/orders/:id/history: everything that happened to an order, in the order of the log, with who saw it by which clock. */
import type { DocEvent } from '../sync/doc.ts'

export type HistoryRow = {
  event: DocEvent
  version: number
  command: string
  device: string
  /** by the device's clock, ISO UTC; '' for what came by no command */
  at: string
  /** when the server had it; '' likewise */
  receivedAt: string
  /** what the device knew of its clock: JSON of ClockSaid */
  clock: string
}
/** Measured server − device, ms, and half the round trip of the measure; null before the first contact. */
export type ClockSaid = { offset?: number | null; error?: number | null }
export type History = { order: string; history: HistoryRow[]; /** names of the devices in it, by id */ devices: { [id: string]: string } }
