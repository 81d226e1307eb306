import type { ScanHead } from '#shared/domain/scan.ts'
import { resources } from '../../i18n/i18n.ts'
import type { Words } from '../../i18n/use-words.ts'

type Reason = keyof (typeof resources)['en']['terms']['scanReason']

/** Why a scan ended before its time; one that has no words yet stays as the backend calls it. null: it did not. */
export function reasonWord({ reason }: Pick<ScanHead, 'reason'>, t: Words): string | null {
  if (reason === null) return null
  const isKnown = Object.hasOwn(resources.en.terms.scanReason, reason)
  return isKnown ? t(`terms:scanReason.${reason as Reason}`) : reason
}
