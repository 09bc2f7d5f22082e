/** Labels of packages, the packing list. */
import type { labels as zhTW } from '../zh-TW/labels.ts'
import type { Words } from '../words.ts'

export const labels: Words<typeof zhTW> = {
  title: 'Labels',
  count: 'Labels: {count}',
  none: 'Not packed yet',
  noneSecond: 'Labels come with the packages.',
  gs1: 'Logistic labels, numbered by SSCC',
  own: 'Numbers of our own, not of GS1',
  size: 'Label paper',
  sizes: { mm100: '100 × 150 mm', inch4: '4 × 6 inch' },
  which: 'Which of them',
  all: 'All {count}',
  print: 'Print labels: {count}',
  printSecond: '{size}; for a PDF choose to save as PDF',
  one: 'Label of package {no} of {of}',
  number: 'Order',
  lot: 'Lot',
  weight: 'Weight',
  more: '{count} more, see the packing list',
  unnumbered: 'Packed by an older version, without a number. Pack it again to get one.',
  list: {
    title: 'Packing list',
    second: 'A4, what is in each package',
    to: 'Ship to',
    contact: 'Contact',
    packed: 'Packed',
    no: 'No.',
    goods: 'Contents',
    quantity: 'Quantity',
    sum: 'Packages: {count}',
    printed: 'Printed {time}',
    print: 'Print packing list',
    printSecond: 'A4; for a PDF choose to save as PDF',
  },
}
