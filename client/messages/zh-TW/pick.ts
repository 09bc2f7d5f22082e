export const pick = {}
