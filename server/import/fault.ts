/** Ends of a job that are answers, not errors: the person reads why. */
import type { FileFault, ImportFault } from '../../shared/import/wire.ts'

/** A file that can't be read to its end. */
export class Faulty extends Error {
  readonly fault: FileFault
  constructor(fault: FileFault) {
    super(JSON.stringify(fault))
    this.fault = fault
  }
}

/** A preview or a take that can't be done. */
export class Unfit extends Error {
  readonly fault: ImportFault
  constructor(fault: ImportFault) {
    super(JSON.stringify(fault))
    this.fault = fault
  }
}
