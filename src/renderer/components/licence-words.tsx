import { IconCoinOff } from '@tabler/icons-react'
import { isNonCommercial, type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import { useWords, type Words } from '../i18n/use-words.ts'
import css from './licence-words.module.css'
import { Unknown } from './marks.tsx'
import { StatusMark } from './status-mark.tsx'

/** A model's licence in one line; null: nobody has said anything of it. */
export function licenceWords(licence: ModelLicence, t: Words): string | null {
  const { state, licences } = licence
  const titles = licences.map(({ title }) => title).join(', ')
  switch (state) {
    case 'unasked':
      return null
    case 'recognised':
      return titles
    case 'partly':
      return t('terms:licence.partly', { titles })
    default:
      return t(`terms:licence.${state}`)
  }
}

/** The same, with a mark where it forbids commercial use. */
export function LicenceWords({ licence = unaskedLicence }: { readonly licence?: ModelLicence | undefined }) {
  const { t } = useWords()
  const words = licenceWords(licence, t)
  if (words === null) return <Unknown />
  if (isNonCommercial(licence) !== true)
    return licence.state === 'none' ? <span className={css['none']}>{words}</span> : words
  return (
    <span className={css['licence']}>
      {words}
      <StatusMark icon={IconCoinOff} tone="attention" word={t('terms:licence.nonCommercial')} />
    </span>
  )
}
