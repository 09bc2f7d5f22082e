/** Entries of lists (`list|rank`, lists.ts), for who reads them and needs none of the rules that make them. */
export const listName = (entry: string): string => entry.slice(0, entry.indexOf('|'))

/** The lists whose entries a register may hold (register.ts); those of all others are in the index alone. */
const REGISTERED = /^(?:all|closed)(?:\.|$)|^trip:/
export const mayBeRegistered = (list: string): boolean => REGISTERED.test(list)
