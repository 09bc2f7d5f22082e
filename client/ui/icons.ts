/** The signs of the look, by name, on a 24 px square: what each is made of, so that UiIcon can draw it without markup in strings. */

/** One mark of a sign. `w` is a stroke in the print colour, without it the shape is filled; `on: 'ground'` prints in the colour of
 *  what lies under the sign (`--ground`, else the paper), to cut a mark out of a solid shape. */
export type Mark = { d: string; w?: number; on?: 'ground'; round?: true; dash?: string }

const line = (w: number, ...paths: string[]): Mark[] => paths.map((d) => ({ d, w }))
const disc = (x: number, y: number, r: number) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const SHEET = 'M5 2h10l4 4v16H5z'
const PHONE = 'M7 1.5h10v21H7z'

const SIGNS = {
  // the states
  recorded: [{ d: disc(12, 12, 10.6), w: 1.4 }, { d: disc(12, 12, 8.2) }, { d: 'm7.8 12.3 3 3 5.4-6', w: 2.4, on: 'ground' }],
  'dotted-tick': [{ d: disc(12, 12, 10), w: 2.4, dash: '.1 4.39', round: true }, { d: 'm7.6 12.3 3.1 3.1 5.6-6.2', w: 2.4 }],
  refused: line(3.4, 'm6 6 12 12M18 6 6 18'),
  barrier: [{ d: 'M4 4v17M20 4v17', w: 2.6 }, { d: 'M2 8.5h20v5H2z' }],
  triangle: [{ d: 'M12 2.6 23 21.4H1z' }, { d: 'M12 9v6', w: 2.6, on: 'ground' }, { d: disc(12, 18.2, 1.5), on: 'ground' }],
  'docket-done': [{ d: 'M4 2h16v18l-2.7 2-2.6-2-2.7 2-2.7-2-2.6 2L4 20z', w: 2.2 }, { d: 'm7.8 11 3 3 5.4-6', w: 2.4 }],
  // yes, no, ask
  tick: line(3.6, 'm4 12.5 5.4 5.4L20.5 6.2'),
  cross: line(3.8, 'm4.5 4.5 15 15m0-15-15 15'),
  ask: [{ d: 'M7 8.2C7 4.9 9.2 3 12.2 3s5 1.9 5 4.6c0 4-4.9 4.2-4.9 8.2', w: 3.2 }, { d: disc(12.2, 20, 2.1) }],
  shield: [{ d: 'M12 2 3.5 5v7c0 5 3.6 8.3 8.5 10 4.9-1.7 8.5-5 8.5-10V5z', w: 2.2 }, { d: 'm8 11.8 3 3 5-5.6', w: 2.4 }],
  info: [{ d: disc(12, 12, 9.5), w: 2.2 }, { d: 'M12 11v6', w: 2.6 }, { d: disc(12, 7.4, 1.6) }],
  // ways
  'arrow-right': line(3, 'M3 12h17M13 4.5l7.5 7.5-7.5 7.5'),
  back: line(2.6, 'M15 4 7 12l8 8'),
  forward: line(2.6, 'm9 4 8 8-8 8'),
  up: line(2.8, 'M12 21V4M5 10.5 12 3.5l7 7'),
  down: line(2.8, 'M12 3v17M5 13.5l7 7 7-7'),
  'open-down': line(2.6, 'm4 8.5 8 8 8-8'),
  'open-up': line(2.6, 'm4 15.5 8-8 8 8'),
  undo: line(2.4, 'M9 4 4 9l5 5M4 9h10a5.5 5.5 0 0 1 0 11H8'),
  redo: line(2.4, 'm15 4 5 5-5 5M20 9H10a5.5 5.5 0 0 0 0 11h6'),
  refresh: line(2.4, 'M20.5 12A8.5 8.5 0 1 1 17.6 5.6M18.5 1.5v5h-5'),
  'sort-up': [{ d: 'M12 6 20 17H4z' }],
  'sort-down': [{ d: 'M12 18 4 7h16z' }],
  sort: [{ d: 'M12 2.5 18 10H6zM12 21.5 6 14h12z' }],
  // acts
  scan: [...line(2.2, 'M2 7V3h4M18 3h4v4M22 17v4h-4M6 21H2v-4'), ...line(1.7, 'M6 7v10M9 7v10M13 7v10M15.5 7v10M18.2 7v10')],
  short: line(2.8, 'M3 5h18M3 12h11M3 19h5'),
  search: [...line(2.4, disc(10.5, 10.5, 7)), ...line(2.6, 'm16 16 6 6')],
  filter: line(2.4, 'M2 5h20M6 12h12M10 19h4'),
  plus: line(3, 'M12 3.5v17M3.5 12h17'),
  minus: line(3, 'M3.5 12h17'),
  erase: line(2.2, 'M8 4h14v16H8L1.5 12zM11.5 9l6 6m0-6-6 6'),
  close: line(2.6, 'm5 5 14 14M19 5 5 19'),
  menu: line(2.8, 'M3 5.5h18M3 12h18M3 18.5h18'),
  more: [{ d: disc(4.5, 12, 2.2) }, { d: disc(12, 12, 2.2) }, { d: disc(19.5, 12, 2.2) }],
  edit: line(2.2, 'M3 21l1.2-5L16.5 3.7l3.8 3.8L8 19.8z', 'm13.5 6.7 3.8 3.8'),
  trash: line(2.2, 'M3 6h18M8.5 6V2.5h7V6M5.5 6l1 15.5h11l1-15.5M10 10.5v7M14 10.5v7'),
  copy: line(2.2, 'M8 8h13v13.5H8zM16 8V2.5H3V16h5'),
  share: line(2.2, 'M12 15V2.5M7 7l5-5 5 5M6 10.5H3.5v11h17v-11H18'),
  link: line(2.4, 'M10 14.5a4.6 4.6 0 0 1 0-6.5l3.5-3.5a4.6 4.6 0 0 1 6.5 6.5L18 13', 'M14 9.5a4.6 4.6 0 0 1 0 6.5L10.5 19.5A4.6 4.6 0 0 1 4 13l2-2'),
  download: line(2.6, 'M12 2.5V16M5.5 10l6.5 6.5 6.5-6.5M3 21.5h18'),
  upload: line(2.6, 'M12 16.5V3M5.5 9.5 12 3l6.5 6.5M3 21.5h18'),
  'drop-file': [...line(2.2, SHEET), ...line(2.4, 'M12 8v9M8 13l4 4 4-4')],
  print: line(2.2, 'M6 8V2.5h12V8M6 17.5H2.5V8h19v9.5H18M6 13.5h12v8H6z'),
  play: [{ d: 'M6 3.5 20 12 6 20.5z' }],
  pause: line(4, 'M7.5 4v16M16.5 4v16'),
  eye: line(2.2, 'M1.5 12C4 7.5 7.7 5 12 5s8 2.5 10.5 7C20 16.5 16.3 19 12 19S4 16.5 1.5 12z', disc(12, 12, 3.4)),
  // reasons
  clock: line(2.2, disc(12, 12, 9.5), 'M12 6v6.4l4.4 2.6'),
  bolt: [{ d: 'M13.5 2 4 14h7l-1 8 10-12.5h-7.2z' }],
  calendar: line(2.2, 'M3 5h18v16.5H3zM3 10h18M8 2v5M16 2v5'),
  money: [...line(2.2, 'M1.5 5h21v14h-21z', disc(12, 12, 3.4)), { d: disc(5.5, 12, 1.3) }, { d: disc(18.5, 12, 1.3) }],
  weight: line(2.2, 'M5 8.5h14l2.5 13h-19z', disc(12, 5, 3)),
  bell: line(2.2, 'M5 18V11a7 7 0 0 1 14 0v7M2.5 18h19M10 21.5h4'),
  flag: line(2.4, 'M5 22.5V3h13.5l-3 5 3 5H5'),
  // things and people
  camera: line(2.2, 'M2 7h5l2-3h6l2 3h5v13H2z', disc(12, 13, 4)),
  picture: line(2.2, 'M2.5 3.5h19v17h-19zM2.5 17l6-6.5 5 5 3-3 5 4.5', disc(16, 8.5, 1.2)),
  phone: [{ d: 'M6.5 2.5 9.5 8 7.6 10.2c1 2.4 3.3 4.8 6 6L16 14.3l5.5 3-1.4 4.2C10.5 21.8 2.2 13.5 2.5 3.9z', w: 2.2, round: true }],
  mail: line(2.2, 'M2 4.5h20v15H2zM2.5 6 12 13.5 21.5 6'),
  navigate: line(2.4, 'M21 3 3 10.5l7.7 2.8L13.5 21z'),
  pin: line(2.2, 'M12 22.5C7 16.5 4.5 12.7 4.5 9.3a7.5 7.5 0 0 1 15 0c0 3.4-2.5 7.2-7.5 13.2z', disc(12, 9.3, 2.6)),
  truck: [...line(2.2, 'M4.5 17H1.5V5h13v12H9M14.5 9h4l4 4.5V17h-2'), ...line(2.2, disc(6.7, 17.6, 2.3), disc(17.8, 17.6, 2.3))],
  box: line(2.2, 'M2.5 7 12 2.5 21.5 7v10.5L12 22l-9.5-4.5zM2.5 7 12 11.5 21.5 7M12 11.5V22'),
  roll: line(2.2, 'M8 3h9c2.5 0 4.5 4 4.5 9s-2 9-4.5 9H8', 'M8 3c2.5 0 4.5 4 4.5 9s-2 9-4.5 9-4.5-4-4.5-9S5.5 3 8 3z', disc(8, 12, 1.4)),
  warehouse: line(2.2, 'M2 21.5V8l10-5.5L22 8v13.5M6.5 21.5V12h11v9.5M6.5 16.5h11'),
  document: line(2.2, SHEET, 'M8.5 10h7M8.5 14h7M8.5 18h4'),
  list: line(2.6, 'M8 5h13M8 12h13M8 19h13M2.5 5h2.5M2.5 12h2.5M2.5 19h2.5'),
  board: line(2.4, 'M2.5 3h19v18h-19zM2.5 9h19M11 9v12'),
  qr: [...line(2, 'M3 3h7v7H3zM14 3h7v7h-7zM3 14h7v7H3z'), { d: 'M5.5 5.5h2v2h-2zM16.5 5.5h2v2h-2zM5.5 16.5h2v2h-2zM13 13h3v3h-3zM18 18h3v3h-3zM18.5 13h2.5v2.5h-2.5zM13 18.5h2.5v2.5H13z' }],
  person: line(2.4, disc(12, 7.5, 5), 'M2.5 22c.8-5 4.5-7.5 9.5-7.5s8.7 2.5 9.5 7.5'),
  people: line(2.2, disc(8.5, 8, 4.2), 'M1.5 21c.6-4.2 3.3-6.5 7-6.5s6.4 2.3 7 6.5M15.5 4.2a4.2 4.2 0 0 1 0 7.6M18.5 15c2.2.9 3.6 3 4 6'),
  device: [...line(2.2, PHONE), ...line(2.4, 'M10.5 19h3')],
  lock: line(2.4, 'M4 10.5h16V21.5H4zM7.5 10.5V7a4.5 4.5 0 0 1 9 0v3.5'),
  key: line(2.4, disc(7.5, 16.5, 4.5), 'M10.8 13.2 20.5 3.5M16 8l4 4'),
  pen: line(2.2, 'M2.5 21.5 5 14 16 3l5 5-11 11zM2.5 21.5l5-5'),
  home: line(2.4, 'M2 11.5 12 3l10 8.5M5 9.5v12h14v-12'),
  gear: line(2.2, disc(12, 12, 3.6), 'M12 1.8v4M12 18.2v4M1.8 12h4M18.2 12h4M4.8 4.8l2.8 2.8M16.4 16.4l2.8 2.8M19.2 4.8l-2.8 2.8M7.6 16.4l-2.8 2.8'),
  globe: line(2, disc(12, 12, 9.8), 'M2.2 12h19.6M12 2.2c-3 2.8-4.3 6-4.3 9.8s1.3 7 4.3 9.8c3-2.8 4.3-6 4.3-9.8s-1.3-7-4.3-9.8z'),
  sun: [{ d: disc(12, 12, 4.6) }, ...line(2.4, 'M12 1.5v3.5M12 19v3.5M1.5 12H5M19 12h3.5M4.6 4.6 7 7M17 17l2.4 2.4M19.4 4.6 17 7M7 17l-2.4 2.4')],
  moon: [{ d: 'M20.5 15A9.5 9.5 0 0 1 9 3.5a9.5 9.5 0 1 0 11.5 11.5z' }],
  hand: line(2.2, 'M7 22V15L3.2 11.2a1.9 1.9 0 0 1 2.7-2.7L8 10.5V4.2a1.8 1.8 0 0 1 3.6 0V10V3a1.8 1.8 0 0 1 3.6 0v7V4.5a1.8 1.8 0 0 1 3.6 0V16l-1.5 6z'),
  sound: [{ d: 'M2 8.5h4.5L12 3.5v17l-5.5-5H2z' }, ...line(2.2, 'M15.5 8.5a5 5 0 0 1 0 7M18.5 5.5a9 9 0 0 1 0 13')],
  torch: line(2.2, 'M6 2h12v4l-3 4v12H9V10L6 6zM6 6h12M12 13.5v3'),
} satisfies Record<string, Mark[]>

export type IconName = keyof typeof SIGNS
export const ICONS: Record<IconName, readonly Mark[]> = SIGNS
export const ICON_NAMES = Object.keys(SIGNS) as IconName[]
