import { TextInput } from '@mantine/core'
import { endOfDate } from '#shared/domain/instant.ts'
import { useLanguage } from '../../components/use-language.ts'
import { now } from '../../format/clock.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './ranges.module.css'
import type { RangeFormState } from './use-range-form.ts'

/** Who allowed it, where that is written down, and until when. */
export function AuthorisationFields({ state }: { state: RangeFormState }) {
  const { t } = useWords()
  const { form, set, leave, wrong } = state
  return (
    <fieldset className={css['fields']}>
      <legend className={css['legend']}>{t('ranges.authorisation')}</legend>
      <p className={css['hint']}>{t('ranges.authorisationHint')}</p>
      <TextInput
        required
        withAsterisk={false}
        label={t('ranges.authorisedBy')}
        placeholder={t('ranges.authorisedByPlaceholder')}
        value={form.authorisedBy}
        error={wrong('authorisedBy')}
        onChange={event => set({ authorisedBy: event.currentTarget.value })}
        onBlur={() => leave('authorisedBy')}
      />
      <div className={css['pair']}>
        <TextInput
          required
          withAsterisk={false}
          label={t('ranges.reference')}
          description={t('ranges.referenceHint')}
          placeholder="CHG-20817"
          value={form.reference}
          error={wrong('reference')}
          onChange={event => set({ reference: event.currentTarget.value })}
          onBlur={() => leave('reference')}
        />
        <ValidUntilField state={state} />
      </div>
    </fieldset>
  )
}

function ValidUntilField({ state: { form, set, leave, wrong } }: { state: RangeFormState }) {
  const { t } = useWords()
  const language = useLanguage()
  const end = endOfDate(form.validUntil.trim())
  const hint =
    end === null
      ? t('ranges.dateHint')
      : end <= now()
        ? t('ranges.datePast', { date: formatDate(form.validUntil.trim(), language) })
        : t('ranges.dateUntil', { date: formatDate(form.validUntil.trim(), language) })
  return (
    <TextInput
      required
      withAsterisk={false}
      label={t('ranges.validUntil')}
      description={hint}
      placeholder="2027-03-31"
      classNames={{ input: css['mono'] ?? '' }}
      value={form.validUntil}
      error={wrong('validUntil')}
      onChange={event => set({ validUntil: event.currentTarget.value })}
      onBlur={() => leave('validUntil')}
    />
  )
}
