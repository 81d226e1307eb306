import { type Address, compareAddresses } from '#shared/domain/address.ts'
import type { Stretch } from '../scanner/layout.ts'

const whole: readonly Stretch[] = ([4, 6] as const).map(family => ({
  first: { family, value: 0n },
  last: { family, value: (1n << (family === 4 ? 32n : 128n)) - 1n },
}))

/** Every address there is, without the given ones, which are in order and disjoint. */
export function gapsBetween(covered: readonly Stretch[]): Stretch[] {
  return whole.flatMap(({ first, last }) => {
    const gaps: Stretch[] = []
    let next = first.value
    for (const stretch of covered.filter(each => each.first.family === first.family)) {
      if (stretch.first.value > next)
        gaps.push({ first: { ...first, value: next }, last: before(stretch.first) })
      next = stretch.last.value + 1n
    }
    return next > last.value ? gaps : [...gaps, { first: { ...first, value: next }, last }]
  })
}

function before(address: Address): Address {
  return { ...address, value: address.value - 1n }
}

/** What lies in both of two lists, each in order and disjoint. */
export function inBoth(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const common: Stretch[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [left, right] = [a[i], b[j]]
    if (left === undefined || right === undefined) return common
    const first = compareAddresses(left.first, right.first) > 0 ? left.first : right.first
    const last = compareAddresses(left.last, right.last) < 0 ? left.last : right.last
    if (compareAddresses(first, last) <= 0) common.push({ first, last })
    if (compareAddresses(left.last, right.last) < 0) i++
    else j++
  }
}
