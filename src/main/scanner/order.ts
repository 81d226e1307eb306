/**
 * Visits 0 … length−1, each exactly once, in an order that looks random and needs no memory:
 * a step that shares no divisor with the length, from a random start. Neighbours end up far apart, so load spreads.
 */
export function permutation(length: number, seed: number): (k: number) => number {
  if (length < 3) return k => k
  const start = mix(seed) % length
  // Near the golden section of the length: every run of consecutive k is then spread evenly.
  let step = Math.max(1, Math.round(length * 0.618033988749895) + (mix(seed + 1) % 7))
  while (greatestCommonDivisor(step, length) !== 1) step++
  // length < 2^24 · ports, and k · step must stay exact: beyond 2^53 the product is taken in BigInt.
  const exact = length < 94_906_265
  return exact
    ? k => (start + k * step) % length
    : k => Number((BigInt(start) + BigInt(k) * BigInt(step)) % BigInt(length))
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** A 32-bit mixing step (Chris Wellons' "lowbias32"): turns neighbouring seeds into unrelated numbers. */
export function mix(seed: number): number {
  let x = seed >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
