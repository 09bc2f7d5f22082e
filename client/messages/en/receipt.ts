/** The delivery receipt. */
import type { receipt as zhTW } from '../zh-TW/receipt.ts'
import type { Words } from '../words.ts'

export const receipt: Words<typeof zhTW> = {
  title: 'Delivery receipt',
  none: 'Not signed yet',
  goods: 'Goods',
  sent: 'Sent',
  received: 'OK',
  other: 'Other',
  photos: '{count} photos',
  photo: 'Photo {n}',
  time: 'Time',
  address: 'Address',
  place: 'Place',
  by: 'Driver',
  number: 'Delivery order',
  receiver: 'Received by',
  cash: 'Cash',
  seconds: '± {seconds} s',
  metres: '± {metres} m',
  signature: 'Signature of {name}',
  onPaper: 'Signed on paper, see the photo.',
  seal: 'Countersigned',
  recorded: 'Recorded and countersigned',
  scan: 'Scan to open this receipt',
  here: 'On this device only',
  hereSecond: 'It is sent as soon as there is a network.',
  qr: 'QR code that opens this receipt',
  toTrip: 'Back to the trip',
  print: 'Print one for the customer',
  printSecond: 'Or let them scan this QR code',
}
