/** Where a place along the Hilbert curve lies in a square of `side` cells, a power of two: neighbours stay neighbours. */
export function pointAt(side: number, place: number): { readonly x: number; readonly y: number } {
  let [x, y, rest] = [0, 0, place]
  for (let size = 1; size < side; size *= 2) {
    const right = 1 & (rest >> 1)
    const down = 1 & (rest ^ right)
    ;[x, y] = turned(size, x, y, right, down)
    x += size * right
    y += size * down
    rest = Math.floor(rest / 4)
  }
  return { x, y }
}

/** The place along the curve of a cell. */
export function placeAt(side: number, atX: number, atY: number): number {
  let [x, y, place] = [atX, atY, 0]
  for (let size = side / 2; size >= 1; size /= 2) {
    const right = (x & size) > 0 ? 1 : 0
    const down = (y & size) > 0 ? 1 : 0
    place += size * size * ((3 * right) ^ down)
    ;[x, y] = turned(side, x, y, right, down)
  }
  return place
}

function turned(size: number, x: number, y: number, right: number, down: number): [number, number] {
  if (down === 1) return [x, y]
  return right === 1 ? [size - 1 - y, size - 1 - x] : [y, x]
}
