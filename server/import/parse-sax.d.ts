/** The workbook library's stream of XML events (over saxes), which has no face of its own. */
declare module 'exceljs/lib/utils/parse-sax.js' {
  export type SaxEvent =
    | { eventType: 'opentag'; value: { name: string; attributes: { readonly [name: string]: string | undefined } } }
    | { eventType: 'text'; value: string }
    | { eventType: 'closetag'; value: { name: string } }
  export default function parseSax(xml: AsyncIterable<string>): AsyncIterable<SaxEvent[]>
}
