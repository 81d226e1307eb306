import * as z from 'zod'

/** What a licence itself says of commercial use: allowed, allowed under conditions of its own, or not. */
export const licenceUses = ['commercial', 'conditions', 'non-commercial'] as const
export const LicenceUse = z.enum(licenceUses)
export type LicenceUse = z.infer<typeof LicenceUse>

/** A licence by its SPDX identifier; one that SPDX does not list has a `LicenseRef-…` of ours. */
export const Licence = z.object({ id: z.string(), title: z.string(), use: LicenceUse })
export type Licence = z.infer<typeof Licence>

/**
 * recognised: every text is a known licence · partly: some are · unrecognised: none is · none: the model carries no text ·
 * disputed: those who were asked said different things · unasked: nobody was asked, or nobody has answered.
 */
export const licenceStates = ['recognised', 'partly', 'unrecognised', 'none', 'disputed', 'unasked'] as const

/** What is known of a model's licence. Only hash and length of the text are kept. */
export const ModelLicence = z.object({
  state: z.enum(licenceStates),
  /** As they stand in the text. */
  licences: z.array(Licence),
  /** SHA-256 of the whole text, 64 hex digits; null: there is none, or more than one. */
  sha256: z.string().nullable(),
  /** In characters. */
  length: z.int().nonnegative().nullable(),
})
export type ModelLicence = z.infer<typeof ModelLicence>

export const unaskedLicence: ModelLicence = { state: 'unasked', licences: [], sha256: null, length: null }

/** What several servers say of one content together: they are believed only if all sent the same text. */
export function agreedLicence(said: readonly ModelLicence[]): ModelLicence {
  const asked = said.filter(({ state }) => state !== 'unasked')
  const [first = unaskedLicence] = asked
  if (asked.some(each => saidOf(each) !== saidOf(first))) return { ...unaskedLicence, state: 'disputed' }
  // A later version of Paddock may know what an earlier one did not.
  return asked.reduce((best, each) => (rankOf(each) < rankOf(best) ? each : best), first)
}

function rankOf({ state }: ModelLicence): number {
  return licenceStates.indexOf(state)
}

/** Two answers are the same if this is. */
export function saidOf({ state, sha256 }: ModelLicence): string {
  return sha256 ?? state
}

/** Identifiers, as queries compare them; null: there is something that is not known. Empty: there is no licence. */
export function licenceIds(licence: ModelLicence | undefined): (string | null)[] {
  const { state, licences } = licence ?? unaskedLicence
  const known = licences.map(({ id }) => id)
  return state === 'recognised' || state === 'none' ? known : [...known, null]
}

/** As SPDX writes several that hold together; null: not all of it is known. */
export function licenceExpression(licence: ModelLicence | undefined): string | null {
  const { state, licences } = licence ?? unaskedLicence
  if (state === 'none') return 'NONE'
  return state === 'recognised' ? licences.map(({ id }) => id).join(' AND ') : null
}

/** Whether it forbids commercial use; null: that cannot be said, as where a model carries no licence at all. */
export function isNonCommercial({ state, licences }: ModelLicence): boolean | null {
  if (licences.some(({ use }) => use === 'non-commercial')) return true
  return state === 'recognised' ? false : null
}
