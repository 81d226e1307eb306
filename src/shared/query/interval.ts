/** Numbers between two ends, each with or without the end itself; null: no end. */
export interface Interval {
  readonly min: number | null
  readonly max: number | null
  readonly withMin: boolean
  readonly withMax: boolean
}

export type Comparison = '=' | '<' | '<=' | '>' | '>='

/** The numbers that compare so with a value. `halfStep`: a value stands for what rounds to it, "8b" for 7.5 to 8.5. */
export function intervalOf(comparison: Comparison, value: number, halfStep = 0): Interval {
  const open = { min: null, max: null, withMin: true, withMax: true }
  switch (comparison) {
    case '=':
      return { min: value - halfStep, max: value + halfStep, withMin: true, withMax: halfStep === 0 }
    case '<':
      return { ...open, max: value, withMax: false }
    case '<=':
      return { ...open, max: value }
    case '>':
      return { ...open, min: value, withMin: false }
    case '>=':
      return { ...open, min: value }
  }
}

export function contains({ min, max, withMin, withMax }: Interval, value: number): boolean {
  if (min !== null && (withMin ? value < min : value <= min)) return false
  return max === null || (withMax ? value <= max : value < max)
}
