import type { StudyComparison } from '#shared/domain/held-model.ts'

interface Counted {
  /** null: unknown. */
  readonly value: string | null
  readonly instances: number
  readonly models: number
}

/**
 * Shares the public study states, beside the organisation's own (SentinelLABS and Censys, 29 January 2026: Q4_K_M on 48 % of
 * hosts; 72 % of quantizations are 4-bit formats, 19 % 16-bit). Another population, counted the same way.
 */
export function compareWithStudy(quantizations: readonly Counted[], instances: number): StudyComparison[] {
  const known = quantizations.filter(({ value }) => value !== null)
  const copies = sum(known.map(({ models }) => models))
  const widest = known.find(({ value }) => value?.toUpperCase() === 'Q4_K_M')?.instances ?? 0
  const ofBits = (bits: number) =>
    sum(known.filter(({ value }) => bitsOf(value ?? '') === bits).map(({ models }) => models))
  return [
    { figure: 'q4km', own: share(widest, instances), study: 0.48 },
    { figure: 'fourBit', own: share(ofBits(4), copies), study: 0.72 },
    { figure: 'sixteenBit', own: share(ofBits(16), copies), study: 0.19 },
  ]
}

/** `Q4_K_M`, `IQ4_XS`, `MXFP4` are 4-bit formats, `F16` and `BF16` 16-bit ones; null: another, or not known here. */
export function bitsOf(quantization: string): 4 | 16 | null {
  if (/^(i?q4(_.*)?|(mx|nv)fp4|nf4|int4)$/i.test(quantization)) return 4
  return /^(b?f|fp)16$/i.test(quantization) ? 16 : null
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
