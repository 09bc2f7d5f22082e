/** What an import says of files and rows. `{name}` stands for a parameter. */
import type { DateOrder } from '../../../shared/import/dates.ts'
import type { Decimal } from '../../../shared/import/numbers.ts'
import type { FileFault, ImportFault, Note, RowReasonType } from '../../../shared/import/wire.ts'

export type ImportMessages = {
  readonly reason: { readonly [type in RowReasonType]: string }
  readonly file: { readonly [type in FileFault['type']]: string }
  readonly fault: { readonly [type in ImportFault['type']]: string }
  readonly note: { readonly [type in Note['type']]: string }
  readonly word: { readonly [style in DateOrder | Decimal]: string }
  /** the head of the list of rows that can't be taken */
  readonly list: { readonly row: string; readonly file: string; readonly order: string; readonly column: string; readonly value: string; readonly reason: string }
}

export const importEn: ImportMessages = {
  reason: {
    missing: 'Nothing stands here, and an order needs it.',
    formula: 'A formula whose result is not in the file. Open it in the spreadsheet, save it, and send it again.',
    'cell-error': 'The spreadsheet shows an error in this cell.',
    garbled: 'Characters that can’t be read. Choose another encoding for this file.',
    ragged: '{came} values where the header has {wanted} columns: a separator within a text is not quoted.',
    'too-long': 'Longer than {most} characters.',
    'not-a-number': 'Not a number.',
    'not-whole': 'Not a whole number of this unit.',
    'too-fine': 'Finer than a thousandth of this unit.',
    zero: 'Nothing is ordered: the quantity is zero.',
    'below-zero': 'Below zero.',
    cancelled: 'A cancelled invoice: its quantity is taken back.',
    'too-large': 'Too large.',
    'not-a-share': 'Not a discount between nothing and all.',
    'not-a-date': 'Not a date.',
    'unknown-unit': 'An unknown unit.',
    'unknown-currency': 'An unknown currency.',
    'unknown-grade': 'Not a grade A, B or C.',
    'unknown-terms': 'Unknown payment terms.',
    'not-goods': 'Stands for no goods, such as postage or a fee.',
    'not-in-lookup': 'Not found in {file}.',
    'other-customer': 'Another customer than in row {row} of the same order.',
    'other-currency': 'Another currency than in row {row} of the same order.',
    'too-many-lines': 'An order has at most {most} lines.',
    'other-row': 'Row {row} of the same order can’t be taken, and only whole orders are.',
  },
  file: {
    'quote-open': 'From row {row} on a quotation mark is not closed: the rest of the file can’t be read.',
    'too-many-rows': 'More than {most} rows. Divide the file.',
    'too-many-columns': 'More than {most} columns in a row. Is the separator right?',
    'no-rows': 'No row below the header.',
    'no-sheet': 'No such sheet.',
    broken: 'The file is damaged and can’t be read to its end.',
  },
  fault: {
    'file-missing': 'The file {file} is not part of this import any more.',
    'file-faulty': 'The file {file} can’t be read. Leave it out or send it again.',
    'column-missing': 'The file {file} has no such column.',
    'fields-missing': 'Say which column these come from: {fields}.',
    'join-loose': 'Say how the file {file} is joined to the order lines.',
    'not-unique': '“{value}” stands more than once in the column {column} of {file} (row {row}): orders can’t be joined by it.',
    'lookup-too-large': 'The file {file} is too large to be joined (at most {most} rows).',
    'bad-constant': '“{value}” has no meaning here.',
    'device-revoked': 'A supervisor has locked the imports of this site.',
    busy: 'The server can’t record now. What was taken stays; try again for the rest.',
    fault: 'The server made a mistake. What was taken stays. Reference: {reference}',
  },
  note: {
    'dates-open': 'Day and month in “{column}” could be either way round. They are read as {order}.',
    'numbers-open': 'Point and comma in “{column}” are used both ways. They are read with a decimal {decimal}.',
    'prices-rounded': '{rows} prices have more digits than {currency} has and are rounded. Is it another currency?',
  },
  word: { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year', point: 'point', comma: 'comma' },
  list: { row: 'Row', file: 'File', order: 'Order', column: 'Column', value: 'Value', reason: 'Why it can’t be taken' },
}
