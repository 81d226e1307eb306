import * as z from 'zod'
import { Severity } from './exposure.ts'
import { IsoDate, IsoInstant } from './instant.ts'
import { Localized } from './policy.ts'

/** Kinds of findings as control frameworks see them: what the crosswalk maps to controls. */
export const findingClasses = [
  'open-access',
  'public',
  'unowned',
  'unmanaged',
  'outdated',
  'tools',
  'egress',
  'provenance',
  'exception',
  'resources',
  'prompts',
] as const
export const FindingClass = z.enum(findingClasses)
export type FindingClass = z.infer<typeof FindingClass>

/** The rules of the delivered pack by class. Own rules are named by the controls of own packs. */
export const rulesOfClass: Readonly<Record<FindingClass, readonly string[]>> = {
  'open-access': [
    'unauthenticated',
    'tools-unauthenticated',
    'management-reachable',
    'origins-open',
    'no-tls',
  ],
  public: ['public-address'],
  unowned: ['unowned', 'new-unacknowledged', 'persistent-unmanaged'],
  unmanaged: ['persistent-unmanaged'],
  outdated: ['version-affected', 'version-below-floor'],
  tools: ['tools-unauthenticated'],
  egress: ['remote-model'],
  provenance: ['unapproved-model', 'digest-drift', 'foreign-registry', 'uncensored-template'],
  exception: ['exception-expired'],
  resources: ['unauthenticated', 'tools-unauthenticated'],
  prompts: ['system-prompt-readable'],
}

/** One control, in own words; what it is judged by. */
export const FrameworkControl = z.strictObject({
  id: z.string().min(1).max(60),
  title: Localized,
  text: Localized,
  /** `confirmed`: identifier and title were read in the source. What is unverified never counts as met. */
  status: z.enum(['confirmed', 'unverified']),
  /** Which findings speak against it. */
  classes: z.array(FindingClass).default([]),
  /** Further rules, of own policies. */
  rules: z.array(z.string().max(80)).default([]),
  /** Whether looking everywhere is itself part of it. */
  coverage: z.boolean().default(false),
  /** What it hangs on that no scan can know: with one, it is never judged. */
  condition: Localized.optional(),
  appliesFrom: IsoDate.optional(),
})
export type FrameworkControl = z.infer<typeof FrameworkControl>

const Pack = z.strictObject({
  format: z.literal('paddock-framework'),
  framework: z
    .string()
    .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
    .max(60),
  packVersion: z.int().positive(),
  name: Localized,
  edition: z.string().min(1).max(120),
  legalDate: IsoDate,
  legalDateStatus: z.enum(['confirmed', 'unverified']),
  source: z.string().min(1).max(500),
  note: Localized,
  controls: z.array(FrameworkControl).min(1).max(1000),
})

/** A framework's controls as data, dated and with their source. */
export const FrameworkPack = Pack.refine(
  ({ controls }) => new Set(controls.map(({ id }) => id)).size === controls.length,
  {
    message: 'two controls have the same id',
    path: ['controls'],
  },
)
export type FrameworkPack = z.infer<typeof FrameworkPack>

export const Framework = Pack.omit({ controls: true, format: true }).extend({
  controlCount: z.int(),
  origin: z.enum(['shipped', 'own']),
  /** SHA-256 of the file. */
  digest: z.string(),
})
export type Framework = z.infer<typeof Framework>

/** A file in the folder of own packs that cannot be used, and why. */
export const FrameworkProblem = z.object({ file: z.string(), problem: z.string() })
export type FrameworkProblem = z.infer<typeof FrameworkProblem>

export const controlStates = ['met', 'partly', 'not-met', 'not-assessable'] as const
export const ControlState = z.enum(controlStates)
export type ControlState = z.infer<typeof ControlState>

/** Why a control stands where it does: a key of the locales. */
export const controlReasons = [
  'unmapped',
  'conditional',
  'unverified',
  'rules-off',
  'never-scanned',
  'findings-open',
  'findings-overdue',
  'findings-handled',
  'excepted',
  'verdicts-unknown',
  'coverage-incomplete',
  'clean',
] as const
export const ControlReason = z.enum(controlReasons)
export type ControlReason = z.infer<typeof ControlReason>

const count = z.int().nonnegative()

/** What the findings of one rule say. */
export const RuleTally = z.object({
  rule: z.string(),
  severity: Severity,
  enabled: z.boolean(),
  /** Open and nobody is at work, or past its date. */
  open: count,
  overdue: count,
  /** Being worked on, within its date. */
  handled: count,
  excepted: count,
  /** Instances of which the rule cannot be decided. */
  unknown: count,
})
export type RuleTally = z.infer<typeof RuleTally>

/** What a standing finding counts as where a rule is tallied. `overdue` ones are open, too. */
export type FindingBucket = 'open' | 'overdue' | 'handled' | 'excepted' | 'unknown'

export const ControlAssessment = FrameworkControl.extend({
  state: ControlState,
  reasons: z.array(ControlReason),
  tallies: z.array(RuleTally),
})
export type ControlAssessment = z.infer<typeof ControlAssessment>

export const FrameworkAssessment = z.object({
  framework: Framework,
  /** The state of the data it speaks of. */
  asOf: IsoInstant,
  controls: z.array(ControlAssessment),
  counts: z.record(ControlState, count),
  unverified: count,
})
export type FrameworkAssessment = z.infer<typeof FrameworkAssessment>
