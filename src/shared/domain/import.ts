import * as z from 'zod'
import { ImportId, InstanceId, ProposalId, ScanId, SiteId } from '../ids.ts'
import { IsoInstant } from './instant.ts'
import { Port } from './range.ts'

/** What files are understood. `masscan`: its JSON in all variants, its list, its XML. */
export const importFormats = ['nmap', 'masscan', 'netbox', 'ranges', 'owners', 'tags'] as const
export const ImportFormat = z.enum(importFormats)
export type ImportFormat = z.infer<typeof ImportFormat>

/** What a format brings: ports to verify, ranges somebody must authorise, people, or tags of instances. */
export const importKinds = {
  nmap: 'candidates',
  masscan: 'candidates',
  netbox: 'ranges',
  ranges: 'ranges',
  owners: 'owners',
  tags: 'tags',
} as const satisfies Record<ImportFormat, string>

/** Why an entry of a file was not taken. */
export const importReasons = [
  // the file
  'line-too-long',
  'control-characters',
  'quote-unclosed',
  'field-count',
  'xml-malformed',
  'json-malformed',
  'line-malformed',
  'truncated',
  'too-deep',
  'too-many-rows',
  'duplicate-in-file',
  // ports
  'address-missing',
  'address-malformed',
  'port-malformed',
  'not-open',
  'not-tcp',
  'not-a-port',
  'outside-ranges',
  'excluded',
  'site-ambiguous',
  // ranges
  'range-missing',
  'range-malformed',
  'range-host-bits',
  'range-reversed',
  'range-everything',
  'range-too-large',
  'range-not-scannable',
  'range-container',
  'range-retired',
  'range-registered',
  'range-proposed',
  'site-missing',
  'site-too-long',
  // tags
  'instance-missing',
  'instance-unknown',
  'tags-missing',
  'tag-malformed',
  // owners
  'name-missing',
  'name-too-long',
  'email-malformed',
  'kind-unknown',
  'too-many-lines',
] as const
export const ImportReason = z.enum(importReasons)
export type ImportReason = z.infer<typeof ImportReason>

export const ImportReject = z.object({
  /** As an editor counts them, the heading included. */
  line: z.int().positive(),
  reason: ImportReason,
  /** What stood there, cut. */
  text: z.string(),
})
export type ImportReject = z.infer<typeof ImportReject>

/** What a scanner's file says of the scan it comes from: coverage that is theirs, not Paddock's. */
export const ImportAbout = z.object({
  scanner: z.string(),
  version: z.string().nullable(),
  arguments: z.string().nullable(),
  startedAt: IsoInstant.nullable(),
  finishedAt: IsoInstant.nullable(),
  hostsUp: z.int().nonnegative().nullable(),
  hostsDown: z.int().nonnegative().nullable(),
})
export type ImportAbout = z.infer<typeof ImportAbout>

/** Which column of a file holds which field. */
export const ImportMapping = z.record(z.string().max(40), z.string().max(300))
export type ImportMapping = z.infer<typeof ImportMapping>

export const ImportRequest = z.object({
  /** Where it lies, as an absolute path. */
  file: z.string().min(1).max(4096),
  /** Absent: told from the content. */
  format: ImportFormat.optional(),
  /** Where its entries belong, if they do not say it themselves. */
  site: z.string().max(120).optional(),
  /** Only where the headings do not say it. */
  mapping: ImportMapping.default({}),
})
export type ImportRequest = z.infer<typeof ImportRequest>

const count = z.int().nonnegative()

export const importStates = ['running', 'done', 'broken', 'undone'] as const

/** An import on record. `read` = `stored` + `rejectedCount`. */
export const Import = z.object({
  id: ImportId,
  at: IsoInstant,
  actor: z.string(),
  file: z.string(),
  /** SHA-256 of the file, in hex; null: it was not read to the end. */
  digest: z.string().nullable(),
  format: ImportFormat,
  /** `broken`: it ended before the file did; what was stored until then stays, and can be undone. */
  state: z.enum(importStates),
  read: count,
  stored: count,
  rejectedCount: count,
  about: ImportAbout.nullable(),
  undoneAt: IsoInstant.nullable(),
  undoneBy: z.string().nullable(),
})
export type Import = z.infer<typeof Import>

/** What an import does, or would do. */
export const ImportResult = Import.pick({
  file: true,
  format: true,
  read: true,
  stored: true,
  rejectedCount: true,
  about: true,
  digest: true,
}).extend({
  /** null: only looked at. */
  id: ImportId.nullable(),
  columns: z.array(z.string()),
  mapping: ImportMapping,
  /** Fields a column can be named for. */
  fields: z.array(z.string()),
  /** All of them, up to 100,000. */
  rejected: z.array(ImportReject),
  /** The first entries as they were understood. */
  sample: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
})
export type ImportResult = z.infer<typeof ImportResult>

export const ImportDetail = Import.extend({ rejected: z.array(ImportReject) })
export type ImportDetail = z.infer<typeof ImportDetail>

/** What taking an import back did. `kept`: ranges somebody authorised since; those are decisions of their own. */
/** `kept`: ranges authorised since; `owners`: those left because they answer for something. */
export const ImportUndone = z.object({ id: ImportId, removed: count, kept: count, owners: count })
export type ImportUndone = z.infer<typeof ImportUndone>

/** A range somebody's file names: not scanned until a person authorises it. */
export const ProposedRange = z.object({
  id: ProposalId,
  importId: ImportId,
  file: z.string(),
  block: z.string(),
  site: z.string(),
  zone: z.string().nullable(),
  contact: z.string(),
  note: z.string(),
  public: z.boolean(),
})
export type ProposedRange = z.infer<typeof ProposedRange>

export const ProposalDecision = z.object({
  /** Or all open ones of an import. */
  ids: z.array(ProposalId).max(10_000).default([]),
  importId: ImportId.optional(),
})

export const ProposalAuthorisation = ProposalDecision.extend({
  authorisedBy: z.string().trim().max(500),
  reference: z.string().trim().max(500),
  validUntil: z.string().max(20).optional(),
  ports: z.array(z.int()).max(1000).optional(),
  confirmPublic: z.boolean().default(false),
})
export type ProposalAuthorisation = z.infer<typeof ProposalAuthorisation>

/** A port somebody else's scan found open inside a registered range: to be verified by an own scan. */
export const Candidate = z.object({
  site: z.string(),
  siteId: SiteId,
  address: z.string(),
  port: Port,
  source: z.enum(['nmap', 'masscan']),
  service: z.string().nullable(),
  seenAt: IsoInstant.nullable(),
  importId: ImportId,
  /** The last scan that set out to verify it; null: none yet. */
  scan: ScanId.nullable(),
  /** What Paddock itself found there; null: nothing so far. */
  instance: InstanceId.nullable(),
})
export type Candidate = z.infer<typeof Candidate>
