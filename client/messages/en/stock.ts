/** What lies where. */
import type { stock as zhTW } from '../zh-TW/stock.ts'
import type { Words } from '../words.ts'

export const stock: Words<typeof zhTW> = {
  title: 'Stock',
  look: 'Place, lot, roll or product',
  take: 'Look up',
  begin: 'Scan a place, a lot or a product',
  beginSecond: 'See what lies there, then receive, move or count',
  nothing: 'Nothing found for {code}',
  nothingSecond: 'This device knows no such place, lot or product',
  entries: 'entries here',
  held: 'held, not to be picked',
  lot: 'Lot or roll number',
  quantity: 'Quantity ({unit})',
  noPlace: 'No place',
  needPlace: 'Scan or type the place',
  needLot: 'Scan or type the roll number',
  count: {
    title: 'Count',
    key: 'Count',
    on: 'The figures are hidden; tap an entry and count it',
    off: 'Tap an entry to move it',
    act: 'Record the count',
    done: '{place}: {quantity} counted, recorded',
  },
  move: {
    title: 'Move',
    place: 'To which place',
    act: 'Move it',
    done: '{quantity} moved to {place}',
  },
  receive: {
    title: 'Receive goods',
    place: 'Into which place',
    act: 'Receive',
    done: '{quantity} received into {place}',
  },
  asks: {
    word: 'To check',
    look: 'See the place and count again',
    empty: 'Nothing lies there, set to zero',
    accept: 'Accept the difference',
    takeBack: 'Taken before the count, book it back',
    elsewhere: 'By the books {quantity} of this lot lies at {place}.',
    unheard: 'The books know this lot nowhere else.',
    moved: 'It was taken from {place}, move it in the books',
    receive: 'Its receipt was forgotten, record it',
    negativeText: '{quantity} by the books, less than nothing',
    countText: '{expected} by the books, {counted} counted',
    late: 'Of it {quantity} was done before the count and heard after it.',
  },
}
