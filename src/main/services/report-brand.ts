import type { ReportBrand, ReportBrandEdit } from '#shared/domain/report.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'

const usualColour = '#2456c2'
const mostLogoBytes = 250_000

export function readBrand(store: ReadableStore): {
  readonly colour: string
  readonly logo: Uint8Array | null
} {
  const { colour, logo } = showBrand({ store })
  return { colour, logo: logo === null ? null : Buffer.from(logo, 'base64') }
}

/** How reports of this organisation look. */
export function showBrand({ store }: Pick<Reading, 'store'>): ReportBrand {
  const logo = settingNamed(store, { name: 'report-logo' })?.value ?? ''
  return {
    colour: settingNamed(store, { name: 'report-colour' })?.value ?? usualColour,
    logo: logo === '' ? null : logo,
  }
}

export function editBrand(transaction: Transaction, { colour, logo }: ReportBrandEdit): Result<ReportBrand> {
  const { store, now, actor, changed } = transaction
  const before = showBrand(transaction)
  if (colour !== undefined) {
    if (!/^#[0-9a-f]{6}$/i.test(colour)) return fail('colour-malformed', { colour })
    keepSetting(store, { name: 'report-colour', value: colour.toLowerCase() })
  }
  if (logo !== undefined) {
    const bytes = Buffer.from(logo ?? '', 'base64')
    if (logo !== null && !isPicture(bytes)) return fail('logo-unusable', { most: mostLogoBytes / 1000 })
    keepSetting(store, { name: 'report-logo', value: logo === null ? '' : bytes.toString('base64') })
  }
  const after = showBrand(transaction)
  const summary = (brand: ReportBrand) => ({ colour: brand.colour, hasLogo: brand.logo !== null })
  addDecision(store, {
    at: now,
    actor,
    kind: 'report.brand',
    subject: 'reports',
    body: JSON.stringify(summary(after)),
  })
  changed('report brand', summary(before), summary(after))
  return succeed(after)
}

const png = Buffer.from('89504e470d0a1a0a', 'hex')
const jpeg = Buffer.from('ffd8ff', 'hex')

function isPicture(bytes: Buffer): boolean {
  if (bytes.length > mostLogoBytes) return false
  return bytes.subarray(0, png.length).equals(png) || bytes.subarray(0, jpeg.length).equals(jpeg)
}
