/** gzip (RFC 1952) undone without a pause: within a transaction of the tables nothing else may be waited for. */
export { gunzipSync as unpack } from 'fflate'
