import { isPossible, type VersionBracket } from '#shared/domain/version-bracket.ts'
import type { Words } from '../../i18n/use-words.ts'

/** "0.9.3 or later, before 0.12.0": which releases do what this server does. */
export function bracketText(bracket: VersionBracket, t: Words): string {
  const { atLeast, below } = bracket
  if (!isPossible(bracket)) return t('bracket.mixed')
  if (atLeast !== null) {
    return below === null ? t('bracket.atLeast', { atLeast }) : t('bracket.between', { atLeast, below })
  }
  return below === null ? t('bracket.none') : t('bracket.below', { below })
}
