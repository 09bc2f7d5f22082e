/** What a visit is: one screen of the app on the example mill, or a sheet that opens on it; and what several of them do to get there. */
import type { Page } from 'playwright-core'
import type { Language, TextSize } from '../../../client/preferences.ts'
import type { Order } from '../../../shared/order/order.ts'
import type { Role } from '../../../shared/people/role.ts'
import type { Body } from '../../../shared/sync/doc.ts'

/** Who stands at the device: nobody, or somebody with this role; `everyone` has them all. */
export type Who = 'nobody' | 'everyone' | Role

export type Guide = {
  page: Page
  /** opens this visit's screen, and what it is about; throws if it leads to another one */
  visit(visit: Visit, language?: Language): Promise<void>
  /** as a person changes it in the settings, without a reload */
  prefer(wanted: { language: string; theme: string; glove: boolean; text?: TextSize; leftHand?: boolean }): Promise<void>
  /** where a visit leads, and where the page could be (client/routes.ts) */
  routeOf(visit: Visit): Promise<string>
  routeNames(): Promise<string[]>
  /** everything the mill's docs say, as text */
  data: string
}

export type Visit = {
  name: string
  who?: Who
  /** an address, or where to on the example mill */
  path: string | ((mill: Known) => string)
  /** on the fresh server, which has no site yet */
  fresh?: boolean
  /** says what it said when it was opened: in another language it is opened again */
  spoken?: boolean
  /** the screen it ends at, where that is another one (client/routes.ts) */
  ends?: string
  /** made for the width of a desk, too */
  desk?: boolean
  open?(hands: Hands): Promise<void>
}

export type Known = { bodies: readonly Body[]; device: string; /** who stands there with every role */ person: string; order(list: string, fits?: (order: Order) => boolean): string; trip(left: boolean): string }

export type Hands = Known & {
  page: Page
  /** the key or link that says this */
  press(key: string): Promise<void>
  /** the one key of the stub, whatever it says */
  main(): Promise<void>
  dialog(): Promise<void>
}

export const toOrder = (list: string, at: string, fits?: (order: Order) => boolean) => (known: Known) => at.replace('{order}', known.order(list, fits))

export const isUnderWay = (order: Order) => order.departed !== null && order.arrived === null
