/** The media type of a rescue file, apart from what opens and seals one: that is loaded when it is wanted. */
export const RESCUE_TYPE = 'application/vnd.countersign.rescue'
