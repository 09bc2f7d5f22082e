/** A part of a place's code as its sign shows it: C | 07 | 2, each with a short caption. */
export type PlaceSegment = { code: string; caption?: string }
