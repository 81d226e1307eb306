import { Checkbox } from '@mantine/core'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './ranges.module.css'
import type { RangeFormState } from './use-range-form.ts'

/** Public addresses may belong to somebody else: whoever registers them says that they do not. */
export function PublicConfirmation({ state: { form, set, wrong } }: { state: RangeFormState }) {
  const { t } = useWords()
  return (
    <Notice tone="attention">
      <p>{t('ranges.public')}</p>
      <Checkbox
        className={css['confirm'] ?? ''}
        label={t('ranges.confirmPublic')}
        checked={form.confirmPublic}
        aria-invalid={wrong('confirmPublic') === null ? undefined : true}
        error={wrong('confirmPublic') === null ? null : t('ranges.missing.confirmPublic')}
        onChange={event => set({ confirmPublic: event.currentTarget.checked })}
      />
    </Notice>
  )
}
