/** What one command may carry, so that it can be sent: known where it is made, before it waits. */

/** Photographs that it names: a receipt of many lines has some for each. */
export const MAX_BLOBS = 1000
/** Of its payload as JSON. It may be larger than a batch of others, and must still fit a request. */
export const MAX_COMMAND_BYTES = 3 * 1024 * 1024
