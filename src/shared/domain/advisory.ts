import * as z from 'zod'
import { parseVersion } from './version.ts'

/** Sane limits for a file that may come from anywhere: the shipped one has some forty entries in 60 kB. */
export const mostAdvisoryBytes = 2 * 1024 * 1024
const mostAdvisories = 2000

const line = (most: number) => z.string().trim().min(1).max(most)
const releaseText = z
  .string()
  .max(40)
  .refine(text => /^\d+\.\d+\.\d+(-rc\d+)?$/.test(text) && parseVersion(text) !== null, 'not a release')

/** What people read is in the file itself, in both languages: a newer file may speak of what this Paddock does not know. */
const BothLanguages = z.strictObject({ en: line(600), de: line(600) })

/** From a release on, up to before the one that fixed it (`below`) or up to the last one named (`atMost`). {}: every version. */
export const AdvisoryRange = z
  .strictObject({
    atLeast: releaseText.optional(),
    below: releaseText.optional(),
    atMost: releaseText.optional(),
  })
  .refine(({ below, atMost }) => below === undefined || atMost === undefined, 'two upper ends')
export type AdvisoryRange = z.infer<typeof AdvisoryRange>

export const advisorySources = [
  'cve',
  'ghsa',
  'go',
  'cert',
  'zdi',
  'source-code',
  'secondary',
  'press',
  'memory',
] as const

/** Where a statement was read. `url` null: no lasting address is known. */
const AdvisorySource = z.strictObject({
  kind: z.enum(advisorySources),
  url: z
    .string()
    .max(300)
    .regex(/^https:\/\/[!-~]+$/)
    .nullable(),
})

/** The part of Ollama a weakness is in. A version says nothing about whether the parts other than the server are used. */
export const components = ['server', 'windows-app', 'desktop-app', 'agent'] as const

/** What a harmless look can know beside the version: closed, because code gathers it. Words are in the locales. */
export const visibilities = [
  'version',
  'version-and-access',
  'version-and-models',
  'access',
  'nothing',
] as const

export const advisoryConfidences = ['high', 'medium', 'low'] as const

/**
 * One published weakness. `affected` are the versions its sources agree on, `disputed` those some name and others do not:
 * there Paddock says "unknown". `rule` `configuration`: not a matter of version at all.
 */
export const Advisory = z.strictObject({
  id: z.string().regex(/^(CVE-\d{4}-\d{4,7}|[a-z][a-z0-9-]{3,59})$/),
  aliases: z.array(line(60)).max(20),
  /** What the press calls it. */
  nickname: line(60).nullable(),
  title: BothLanguages,
  sources: z.array(AdvisorySource).min(1).max(20),
  confidence: z.enum(advisoryConfidences),
  component: z.enum(components),
  rule: z.enum(['version', 'configuration']),
  affected: z.array(AdvisoryRange).max(20),
  disputed: z.array(AdvisoryRange).max(20),
  /** What the sources disagree about. */
  dispute: BothLanguages.nullable(),
  /** null: no fix is known, which is not "update to fix it". */
  fixedIn: releaseText.nullable(),
  cvss: z
    .array(
      z.strictObject({
        version: z.enum(['3', '4']),
        score: z.number().min(0).max(10),
        /** Kinds of the sources the score was read in. */
        source: z.array(z.enum(advisorySources)).min(1).max(9),
        condition: BothLanguages.nullable(),
      }),
    )
    .max(6),
  exploitPublished: z.boolean(),
  preconditions: BothLanguages,
  visible: z.enum(visibilities),
})
export type Advisory = z.infer<typeof Advisory>

/** A file of advisories about one product. */
export const AdvisoryData = z
  .strictObject({
    format: z.literal(1),
    product: z.literal('ollama'),
    /** Rises with every edition. */
    dataVersion: z.int().min(1).max(1_000_000),
    date: z.iso.date(),
    /** Nothing later than this was read. */
    readUntil: z.iso.date(),
    advisories: z.array(Advisory).min(1).max(mostAdvisories),
  })
  .refine(
    ({ advisories }) => new Set(advisories.map(({ id }) => id)).size === advisories.length,
    'an id twice',
  )
export type AdvisoryData = z.infer<typeof AdvisoryData>
