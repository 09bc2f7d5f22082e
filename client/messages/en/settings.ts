/** The settings screen. */
import type { settings as zhTW } from '../zh-TW/settings.ts'
import type { Words } from '../words.ts'

export const settings: Words<typeof zhTW> = {
  title: 'Settings',
  language: 'Language',
  theme: 'Look',
  themes: { auto: 'As the system', light: 'Light', dark: 'Dark', outdoor: 'Outdoor' },
  themeSeconds: { auto: 'light by day, dark by night', light: 'indoors', dark: 'night shift, dim aisles', outdoor: 'in the sun: bold black on white' },
  glove: 'Gloves',
  gloveSecond: 'Larger keys and print, further apart.',
  site: {
    title: 'Site',
    second: 'Only supervisors change this; it holds for all devices',
    name: 'Name of the site',
    nameWrong: 'A site needs a name',
    first: 'Which order comes first',
    tie: 'When that is the same, then by',
    noTie: 'Order number',
    save: 'Save the site',
    saved: 'Saved. It holds on each device once that has synced.',
    offline: 'The server cannot be reached, so this was not saved. Press again when there is a network.',
  },
  rules: { received: 'First received, first done', promised: 'Earliest promised date first' },
  app: {
    title: 'This app',
    version: 'Version',
    device: 'Device',
    person: 'Signed in',
    server: 'Server',
    storage: 'Storage used',
    storageOf: '{used} of {quota}',
    unknown: 'the browser does not say',
    kept: 'Kept data',
    keptYes: 'the browser never clears it by itself',
    keptNo: 'the browser may clear it when space runs out',
    keep: 'Ask the browser to keep it',
  },
  install: {
    title: 'Put it on the home screen',
    second: 'Opens like any other app, without a network too.',
    go: 'Install',
    ios: 'In Safari press “Share”, then “Add to Home Screen”.',
    other: 'In the browser’s menu choose “Install” or “Add to Home Screen”.',
    done: 'Installed: opened from the home screen.',
  },
}
