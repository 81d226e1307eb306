import { type AdvisoryData, AdvisoryData as DataSchema } from '#shared/domain/advisory.ts'
import type { AdvisoryEdition } from '#shared/domain/advisory-match.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addEdition, editionByDigest } from '../store/advisories.ts'
import { textDigest } from '../store/keys.ts'
import { settingNamed } from '../store/settings.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'

/** One edition of the advisories, read and checked. */
export interface Edition {
  readonly about: AdvisoryEdition
  readonly data: AdvisoryData
  readonly content: string
  /** Affected counts that were worked out, by version text: an inventory asks for the same few again and again. */
  readonly counts: Map<string, number>
}

/** That a person put another edition in the place of the shipped one. */
export interface Replacement {
  readonly digest: string
  /** It was older than the shipped one, on purpose: a newer Paddock does not take its place. */
  readonly pinned: boolean
  readonly at: number
  readonly by: string
}

/** Which advisories are in force. Every thread has its own shelf; they agree, because the choice is in the store. */
export interface AdvisoryShelf {
  readonly shipped: () => Edition
  inForce(store: ReadableStore): { readonly edition: Edition; readonly replacement: Replacement | null }
}

export const settingName = 'advisories'

/** `readShipped` reads the file that came with Paddock; it is read once, when first needed. */
export function createAdvisoryShelf(readShipped: () => string): AdvisoryShelf {
  const known = new Map<string, Edition>()
  let shipped: Edition | null = null
  const ours = () => {
    shipped ??= trusted(readShipped(), 'shipped')
    return shipped
  }
  return {
    shipped: ours,
    inForce(store) {
      const replacement = replacementIn(store)
      if (replacement === null) return { edition: ours(), replacement }
      const edition = known.get(replacement.digest) ?? trusted(kept(store, replacement.digest), 'kept')
      known.set(replacement.digest, edition)
      const isOvertaken = !replacement.pinned && edition.data.dataVersion < ours().data.dataVersion
      return isOvertaken ? { edition: ours(), replacement: null } : { edition, replacement }
    },
  }
}

function replacementIn(store: ReadableStore): Replacement | null {
  const value = settingNamed(store, { name: settingName })?.value ?? ''
  return value === '' ? null : JSON.parse(value)
}

function kept(store: ReadableStore, digest: string): string {
  const edition = editionByDigest(store, { digest })
  if (edition === undefined) throw new Error(`advisories ${digest} are in force and not kept`)
  return edition.content
}

function trusted(content: string, whose: string): Edition {
  const edition = readEdition(content, whose)
  if (!edition.ok) throw new Error(`${whose} advisories: ${JSON.stringify(edition.failure.details)}`)
  return edition.value
}

/** An edition from the text of a file, or what is wrong with it. */
export function readEdition(content: string, file: string): Result<Edition> {
  const parsed = DataSchema.safeParse(parseJson(content))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const problem = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
    return fail('advisories-malformed', { file, problem })
  }
  const { dataVersion, date } = parsed.data
  const about = { dataVersion, date, digest: textDigest(content) }
  return succeed({ about, data: parsed.data, content, counts: new Map() })
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

/** The row of an edition, which is kept if it is not yet. */
export function keepEdition(store: WritableStore, { about, content }: Edition, at: number): number {
  addEdition(store, { ...about, content, at })
  const row = editionByDigest(store, { digest: about.digest })
  if (row === undefined) throw new Error('an edition of the advisories was just kept and is gone')
  return row.id
}
