/** So many piles are laid out at once: their counts stay in the fastest memory. */
const mostPiles = 65_536

/**
 * Positions in the order of their keys, whole numbers: put into piles by the lowest digit of the key, then by the next, so
 * that equal keys stay in the order they came in (radix sort; at this size a fifth of what comparing takes). NaN is unknown,
 * which is neither small nor large: it comes last either way.
 */
export function stableOrder(
  positions: Uint32Array<ArrayBuffer>,
  keys: Float64Array,
  descending: boolean,
): Uint32Array<ArrayBuffer> {
  const { offsets, highest } = offsetsOf(keys, descending)
  let order = positions
  for (let unit = 1; unit <= highest; unit *= mostPiles) {
    order = byDigit(order, offsets, unit, Math.min(mostPiles, Math.floor(highest / unit) + 1))
  }
  return order
}

/** How far each key is from the one that comes first; unknown: behind the last. */
function offsetsOf(keys: Float64Array, descending: boolean): { offsets: Float64Array; highest: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as number
    if (key < least) least = key
    if (key > most) most = key
  }
  const unknown = most < least ? 0 : most - least + 1
  const offsets = new Float64Array(keys.length)
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as number
    offsets[index] = Number.isNaN(key) ? unknown : descending ? most - key : key - least
  }
  return { offsets, highest: unknown }
}

function byDigit(
  order: Uint32Array,
  offsets: Float64Array,
  unit: number,
  piles: number,
): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(piles + 1)
  const digits = new Uint16Array(order.length)
  for (let index = 0; index < order.length; index++) {
    const digit = Math.floor((offsets[order[index] as number] as number) / unit) % mostPiles
    digits[index] = digit
    starts[digit + 1] = (starts[digit + 1] as number) + 1
  }
  for (let pile = 0; pile < piles; pile++) {
    starts[pile + 1] = (starts[pile + 1] as number) + (starts[pile] as number)
  }
  const ordered = new Uint32Array(order.length)
  for (let index = 0; index < order.length; index++) {
    const digit = digits[index] as number
    const at = starts[digit] as number
    ordered[at] = order[index] as number
    starts[digit] = at + 1
  }
  return ordered
}
