/** The device, for the screens: provided once by main.ts. */
import { type InjectionKey, inject } from 'vue'
import type { Device } from '../device.ts'

export const deviceKey: InjectionKey<Device> = Symbol('device')

export function useDevice(): Device {
  const device = inject(deviceKey)
  if (!device) throw new Error('a screen runs without a device: main.ts provides it')
  return device
}
