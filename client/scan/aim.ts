/** Which part of the camera's picture a person sees, and which code in it is meant. */
export type Size = { width: number; height: number }
export type Part = { x: number; y: number; width: number; height: number }
export type Point = { x: number; y: number }

/** What shows of a picture that fills the box and is cut where it is too large (object-fit: cover). */
export function seenPart(picture: Size, box: Size): Part {
  if (box.width === 0 || box.height === 0 || picture.width === 0) return { x: 0, y: 0, ...picture }
  const scale = Math.min(picture.width / box.width, picture.height / box.height)
  const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)]
  return { x: Math.floor((picture.width - width) / 2), y: Math.floor((picture.height - height) / 2), width, height }
}

/** A label has several codes: the one in the middle of the frame is aimed at. */
export function aimedAt<T extends { middle: Point }>(found: readonly T[], { width, height }: Size): T | undefined {
  const away = ({ middle }: T) => Math.hypot(middle.x - width / 2, middle.y - height / 2)
  return [...found].sort((a, b) => away(a) - away(b))[0]
}
