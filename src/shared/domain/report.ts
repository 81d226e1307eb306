import * as z from 'zod'
import { IsoInstant } from './instant.ts'

export const reportKinds = [
  'executive',
  'technical',
  'owner',
  'tool-calling',
  'exceptions',
  'coverage',
] as const
export const ReportKind = z.enum(reportKinds)
export type ReportKind = z.infer<typeof ReportKind>

export const reportFormats = ['pdf', 'html', 'xlsx', 'csv', 'json'] as const
export const ReportFormat = z.enum(reportFormats)
export type ReportFormat = z.infer<typeof ReportFormat>

export const reportLanguages = ['en', 'de'] as const
export const ReportLanguage = z.enum(reportLanguages)
export type ReportLanguage = z.infer<typeof ReportLanguage>

export const reportPapers = ['a4', 'letter'] as const
export const ReportPaper = z.enum(reportPapers)
export type ReportPaper = z.infer<typeof ReportPaper>

export const ReportRequest = z.object({
  kind: ReportKind,
  /** Adds the controls of this framework. */
  framework: z.string().max(60).nullable().default(null),
  language: ReportLanguage.default('en'),
  format: ReportFormat.default('pdf'),
  paper: ReportPaper.default('a4'),
  /** People appear as pseudonyms, always the same one in this data folder. */
  pseudonymise: z.boolean().default(false),
  /** Only for this owner: id, e-mail address or id in the directory. */
  owner: z.string().max(320).nullable().default(null),
})
export type ReportRequest = z.infer<typeof ReportRequest>

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** `report`: what was asked for; `annex`: rows that do not fit into it. */
export const ReportFile = z.object({
  role: z.enum(['report', 'annex']),
  name: z.string(),
  bytes: z.int().nonnegative(),
  sha256: Sha256,
})
export type ReportFile = z.infer<typeof ReportFile>

/** Something a report rests on: a pack, an edition, the allow-list, the data. */
export const ReportInput = z.object({ name: z.string(), version: z.string(), sha256: Sha256 })
export type ReportInput = z.infer<typeof ReportInput>

/** What a report says of itself, signed by whoever made it. */
export const ReportManifest = z.object({
  format: z.literal('paddock-report-manifest'),
  version: z.literal(1),
  report: ReportRequest,
  organisation: z.string(),
  /** The state of the data: the last thing that was seen or decided before. */
  asOf: IsoInstant,
  paddock: z.string(),
  template: z.int(),
  inputs: z.array(ReportInput),
  files: z.array(ReportFile).min(1),
  signer: z.object({ actor: z.string(), publicKey: Sha256 }),
  signedAt: IsoInstant,
  /** Ed25519 over everything above, 128 hex digits. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export type ReportManifest = z.infer<typeof ReportManifest>

/** A report as it is kept. */
export const Report = z.object({
  id: z.int().positive(),
  request: ReportRequest,
  createdAt: IsoInstant,
  createdBy: z.string(),
  asOf: IsoInstant,
  files: z.array(ReportFile),
  /** Where the kept files lie. */
  folder: z.string(),
})
export type Report = z.infer<typeof Report>

/** `altered`: something is not as it was signed. `unknown-signer`: nothing is altered, but nobody vouches for the key. */
export const ReportVerdict = z.enum(['intact', 'altered', 'unknown-signer'])
export type ReportVerdict = z.infer<typeof ReportVerdict>

export const FileState = z.enum(['intact', 'altered', 'missing'])

export const ReportVerification = z.object({
  verdict: ReportVerdict,
  signatureValid: z.boolean(),
  signer: z.object({ actor: z.string(), publicKey: z.string() }),
  signedAt: IsoInstant,
  asOf: IsoInstant,
  request: ReportRequest,
  organisation: z.string(),
  files: z.array(z.object({ name: z.string(), role: ReportFile.shape.role, state: FileState })),
})
export type ReportVerification = z.infer<typeof ReportVerification>

export const reportPhases = ['reading', 'writing', 'annex', 'finishing'] as const

/** How far the report that is being made is. */
export const ReportProgress = z.object({
  kind: ReportKind,
  phase: z.enum(reportPhases),
  done: z.int().nonnegative(),
  /** null: not known yet. */
  total: z.int().nonnegative().nullable(),
  elapsedMs: z.int().nonnegative(),
})
export type ReportProgress = z.infer<typeof ReportProgress>

/** How reports of this organisation look. */
export const ReportBrand = z.object({
  /** `#2456c2` */
  colour: z.string(),
  /** PNG or JPEG, base64; null: none. */
  logo: z.string().nullable(),
})
export type ReportBrand = z.infer<typeof ReportBrand>

export const ReportBrandEdit = z.object({
  colour: z.string().max(20).optional(),
  logo: z.string().max(400_000).nullable().optional(),
})
export type ReportBrandEdit = z.infer<typeof ReportBrandEdit>
