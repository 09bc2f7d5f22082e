/** What the doors answer when they can't do what was asked. `{name}` stands for a parameter. */
export const en = {
  'not-found': { title: 'Nothing here', detail: 'There is nothing at this address.' },
  'no-token': { title: 'This device is not known', detail: 'The request names no device. Enrol this device at a supervisor’s screen.' },
  'unknown-device': { title: 'This device is not known', detail: 'The server does not know this device. What is recorded on it is kept; enrol it again.' },
  'device-revoked': { title: 'This device was locked out', detail: 'A supervisor has locked this device out. What it recorded is kept for the supervisor.' },
  'device-fork': { title: 'Two devices under one name', detail: 'Another device uses this one’s identity. This device takes a new one and sends again.' },
  'no-grant': { title: 'Nobody is signed in', detail: 'Sign in on this device to read this.' },
  forbidden: { title: 'Not for this role', detail: 'This is open to: {roles}.' },
  'other-scope': { title: 'Not for this device', detail: 'The person at this device may not read this.' },
  'no-order': { title: 'No such order', detail: 'There is no order {id} that you may read.' },
  'invalid-json': { title: 'Not readable', detail: 'The request is not valid JSON.' },
  malformed: { title: 'Not in the right form', detail: 'At “{path}”: {message}' },
  'too-large': { title: 'Too large', detail: 'At most {limit} bytes are taken at once. Send it in smaller parts.' },
  'bad-encoding': { title: 'Not readable', detail: 'The request is not packed as it says. Only gzip is understood.' },
  'update-needed': { title: 'Update needed', detail: 'The app speaks version {came}, the server version {wanted}.' },
  'wrong-hash': { title: 'The picture arrived damaged', detail: 'The bytes do not match their hash. Send them again.' },
  'wrong-offset': { title: 'Continue elsewhere', detail: 'The server has {offset} bytes of this picture. Continue there.' },
  'no-blob': { title: 'No such picture', detail: 'The server has no picture of this hash.' },
  'too-many': { title: 'Too many requests', detail: 'Try again in a while.' },
  busy: { title: 'The server is busy', detail: 'Nothing was recorded. Try again in a moment.' },
  fault: { title: 'The server made a mistake', detail: 'What was sent is kept on the device and will be sent again. Reference: {reference}' },
} as const

export type ProblemType = keyof typeof en
export type Messages = { readonly [type in ProblemType]: { readonly title: string; readonly detail: string } }
