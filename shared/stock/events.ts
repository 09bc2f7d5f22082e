/** What the log keeps of a product's stock. `grams` and `quantity` of a booking are what is more there now, or less. */
import type { Act } from '../order/order.ts'
import type { StockQuestion } from '../product/product.ts'
import type { Correction, ProductCard, StockDecision } from './commands.ts'

type Begins = { site: string; product: ProductCard }
export type StockEvent =
  /** `begins`: at this site, where nobody had put the product down */
  | { type: 'StockReceived'; act: Act; begins: Begins | null; location: string; lot: string; supplierLot?: string | undefined; quantity: number; grams: number; receivedOn: string; expires: string | null; held: boolean; note: string }
  | { type: 'StockMoved'; act: Act; lot: string; supplierLot?: string | undefined; from: string; to: string; quantity: number; grams: number; receivedOn: string; expires: string | null; held: boolean }
  | { type: 'StockCounted'; act: Act; location: string; lot: string; expected: number; counted: number; grams: number; receivedOn: string }
  /** taken for an order, put back from it, or put away when it came back (follow.ts). `begins`: of a product that nobody has put down */
  | { type: 'StockBooked'; act: Act; begins?: Begins; order: string; location: string; lot: string; quantity: number; grams: number; held?: true }
  | { type: 'StockReleased'; act: Act; location: string; lot: string; reason: string }
  /** what is different from now on */
  | { type: 'ProductCorrected'; act: Act; card: Correction }
  | { type: 'StockSettled'; act: Act; question: StockQuestion; decision: StockDecision; note: string }
