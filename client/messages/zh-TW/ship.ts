export const ship = {}
