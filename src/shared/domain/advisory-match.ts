import * as z from 'zod'
import { Advisory, advisoryConfidences } from './advisory.ts'
import { buildProblems } from './build.ts'
import { IsoInstant } from './instant.ts'

/** Never "vulnerable": a version in the affected range is all that can be seen from outside. */
export const advisoryStates = ['affected', 'unknown', 'not-affected'] as const
export const AdvisoryState = z.enum(advisoryStates)
export type AdvisoryState = z.infer<typeof AdvisoryState>

/** Why it is so: a key of `terms:advisoryReason`. */
export const advisoryReasons = [
  'in-range',
  'outside-range',
  'between-releases',
  'sources-disagree',
  'versions-unstated',
  'other-component',
  'configuration',
  ...buildProblems,
] as const
export const AdvisoryReason = z.enum(advisoryReasons)
export type AdvisoryReason = z.infer<typeof AdvisoryReason>

/** What one advisory says about one instance. */
export const AdvisoryMatch = z.object({
  id: z.string(),
  state: AdvisoryState,
  reason: AdvisoryReason,
  title: z.object({ en: z.string(), de: z.string() }),
  /** null: no fix is known. */
  fixedIn: z.string().nullable(),
  /** Where to read on. */
  source: z.string().nullable(),
  confidence: z.enum(advisoryConfidences),
})
export type AdvisoryMatch = z.infer<typeof AdvisoryMatch>

/** Which edition of the advisories was used. */
export const AdvisoryEdition = z.object({
  dataVersion: z.int(),
  date: z.string(),
  /** SHA-256 of the content: two files that call themselves the same are told apart. */
  digest: z.string(),
})
export type AdvisoryEdition = z.infer<typeof AdvisoryEdition>

/** Whether a stated version can be held against anything. `contradicted`: what the server does fits another release. */
export const versionTrusts = ['trusted', 'contradicted', ...buildProblems] as const
export const VersionTrust = z.enum(versionTrusts)
export type VersionTrust = z.infer<typeof VersionTrust>

/** What the matches of an instance rest on. */
export const AdvisoryBasis = z.object({
  edition: AdvisoryEdition,
  version: z.string().nullable(),
  trust: VersionTrust,
})
export type AdvisoryBasis = z.infer<typeof AdvisoryBasis>

/** Which advisories are in force, and where they come from. */
export const AdvisoryStatus = z.object({
  edition: AdvisoryEdition,
  /** Nothing later than this was read for them. */
  readUntil: z.string(),
  count: z.int().nonnegative(),
  origin: z.enum(['shipped', 'replaced']),
  replacedAt: IsoInstant.nullable(),
  replacedBy: z.string().nullable(),
  /** The edition that came with this Paddock. */
  shipped: AdvisoryEdition,
})
export type AdvisoryStatus = z.infer<typeof AdvisoryStatus>

export const AdvisoriesInForce = AdvisoryStatus.extend({ advisories: z.array(Advisory) })
export type AdvisoriesInForce = z.infer<typeof AdvisoriesInForce>
