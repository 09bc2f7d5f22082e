/** The device's own tables and what writes them, in a page of their own: what test/journey/engines.test.ts asks of each engine. */
import { Dexie } from 'dexie'
import { browserWorld } from '../../client/browser-world.ts'
import { DeviceDb } from '../../client/db.ts'
import { type Device, openDevice } from '../../client/device.ts'
import { writeDocs } from '../../client/docs.ts'

const devices = new Map<string, Device>()

const made = {
  DeviceDb,
  writeDocs,
  /** ends the transaction that this is asked in */
  aborted: () => Dexie.currentTransaction.abort(),
  /** The device of this name; its tables are opened with its first use. */
  device(name: string): Device {
    const device = devices.get(name) ?? openDevice({ world: browserWorld(), name })
    devices.set(name, device)
    return device
  },
  async closed(name: string): Promise<void> {
    await devices.get(name)?.close()
    devices.delete(name)
  },
  /** ids of what was told as stored */
  told: [] as string[],
}
declare global {
  var tables: typeof made
}

globalThis.tables = made
dispatchEvent(new Event('tables'))
