/** The verbs of the log on one connection. */
import type { Random } from '../../../shared/sync/id.ts'
import type { ReadTx, WriteTx } from '../log.ts'
import * as blobs from './blobs.ts'
import * as commands from './commands.ts'
import type { Connection } from './connection.ts'
import * as docs from './docs.ts'
import * as instance from './instance.ts'
import * as mappings from './mappings.ts'
import * as people from './people.ts'

export function readTx(db: Connection, secret: ReadTx['secret']): ReadTx {
  return {
    epoch: async () => instance.epoch(db),
    site: async (id) => people.site(db, id),
    sites: async () => people.sites(db),
    device: async (id) => people.device(db, id),
    deviceByToken: async (hash) => people.deviceByToken(db, hash),
    devices: async (site) => people.devices(db, site),
    person: async (id) => people.person(db, id),
    people: async (site) => people.people(db, site),
    code: async (hash) => people.code(db, hash),
    docs: async (site, ids) => docs.docs(db, site, ids),
    docsOnTrip: async (site, trip) => docs.docsOnTrip(db, site, trip),
    productsOf: async (site, sku) => docs.productsOf(db, site, sku),
    keepsStock: async (site) => docs.keepsStock(db, site),
    faces: async (site, ids) => docs.faces(db, site, ids),
    grants: async (ids) => people.grants(db, ids),
    verdicts: async (site, ids) => commands.verdicts(db, site, ids),
    scope: async (id) => docs.scope(db, id),
    feed: async (id, from, limit) => docs.feed(db, id, from, limit),
    eventsSince: async (site, since) => commands.eventsSince(db, site, since),
    history: async (site, doc) => commands.history(db, site, doc),
    docsOfScope: async (id, after, most) => docs.docsOfScope(db, id, after, most),
    quarantined: async (site, limit) => commands.quarantined(db, site, limit),
    quarantinedRow: async (site, id) => commands.quarantinedRow(db, site, id),
    isApart: async (digest) => commands.isApart(db, digest),
    blob: async (site, sha256) => blobs.blob(db, site, sha256),
    blobsMissing: async (site, hashes) => blobs.blobsMissing(db, site, hashes),
    mappingFor: async (site, fingerprint) => mappings.mappingFor(db, site, fingerprint),
    mappingSources: async (site, limit) => mappings.mappingSources(db, site, limit),
    secret,
  }
}

export function writeTx(db: Connection, random: Random): WriteTx {
  return {
    ...readTx(db, async (name) => instance.secret(db, name, random)),
    addSite: async (row) => people.addSite(db, row),
    renameSite: async (id, name) => people.renameSite(db, id, name),
    addDevice: async (row) => people.addDevice(db, row),
    saveDevice: async (id, change) => people.saveDevice(db, id, change),
    savePerson: async (row) => people.savePerson(db, row),
    addCode: async (row) => people.addCode(db, row),
    useCode: async (hash, at) => people.useCode(db, hash, at),
    endCodes: async (purpose, at) => people.endCodes(db, purpose, at),
    keepGrants: async (grants) => people.keepGrants(db, grants),
    addCommands: async (site, rows) => commands.addCommands(db, site, rows),
    addEvents: async (site, rows) => commands.addEvents(db, site, rows),
    putDocs: async (site, changes, at) => docs.putDocs(db, site, changes, at),
    forgetExits: async (before) => docs.forgetExits(db, before),
    quarantine: async (rows) => commands.quarantine(db, rows),
    closeQuarantined: async (id, closed) => commands.closeQuarantined(db, id, closed),
    addBlob: async (row) => blobs.addBlob(db, row),
    saveMapping: async (row) => mappings.saveMapping(db, row),
    nextDeviceNumber: async (site) => people.nextDeviceNumber(db, site),
    check: async () => instance.check(db),
    beginEpoch: async (name) => instance.beginEpoch(db, name),
  }
}
