/** Labels that were scanned: what they say, and what is wrong with them. */
import type { scan as zhTW } from '../zh-TW/scan.ts'
import type { Words } from '../words.ts'

export const scan: Words<typeof zhTW> = {
  dot: '・',
  says: {
    sscc: 'SSCC',
    gtin: 'GTIN',
    contentGtin: 'GTIN inside',
    lot: 'Lot',
    serial: 'Serial',
    bestBefore: 'Best before',
    expiresOn: 'Expires',
    producedOn: 'Produced',
    orderNumber: 'Order number',
    weight: 'Net weight',
    length: 'Length',
    count: 'Count',
    unknown: 'Unknown identifier {ai}',
  },
  wrong: {
    'too-short': '{name} is too short: wanted {wanted}, read "{came}"',
    'too-long': '{name} is too long: wanted {wanted}, read "{came}"',
    value: '{name} "{came}": "{part}" is wrong',
    'unknown-identifier': 'No known identifier begins "{came}"',
    'unknown-symbol': 'Unknown kind of barcode "{came}"',
    'separator-sign': '"^" is no separator: "{came}"',
    'check-digit': 'The check digit is wrong: wanted {wanted}, read "{came}"',
    'digits-only': 'Digits only: wanted {wanted}, read "{came}"',
    'too-few-digits': 'Too few digits: wanted {wanted}, read "{came}"',
    'too-many-digits': 'Too many digits: wanted {wanted}, read "{came}"',
    'nothing-read': 'Nothing was read',
    'too-many': 'More than {most} elements on the label',
    brackets: 'Wrong in its brackets: "{came}"',
    envelope: 'Its beginning or end is not whole: "{came}"',
    link: 'Not a GS1 link: "{came}"',
  },
  covered: 'Read {code}; answer this first',
}
