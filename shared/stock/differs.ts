/** Which counts ask: what scales and long counts are out by asks nobody, what is missing asks a supervisor. */

/** One in two hundred of what should lie there: any roll of a few, and not a sheet of a pallet. */
const ONE_IN = 200
export const isAskedAbout = (expected: number, counted: number): boolean => Math.abs(counted - expected) * ONE_IN > Math.abs(expected)
