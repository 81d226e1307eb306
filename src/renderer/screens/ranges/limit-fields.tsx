import { TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import css from './ranges.module.css'
import type { RangeFormState } from './use-range-form.ts'
import { WindowFieldList } from './window-fields.tsx'

/** When and how fast it may be scanned. Most ranges need neither, so it is folded away until one is set. */
export function LimitFields({ state }: { state: RangeFormState }) {
  const { t } = useWords()
  const { form, set, leave, wrong } = state
  const isSet = form.windows.length > 0 || form.networkRate !== ''
  const [isOpen, setOpen] = useState(isSet)
  const Shape = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section className={css['fields']}>
      <UnstyledButton className={css['fold'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Shape size={15} aria-hidden />
        <span>{t('ranges.limits')}</span>
        {isOpen || isSet ? null : <span className={css['foldNote']}>{t('ranges.noLimits')}</span>}
      </UnstyledButton>
      {isOpen ? (
        <>
          <WindowFieldList state={state} />
          <TextInput
            label={t('ranges.networkRate')}
            description={t('ranges.networkRateHint')}
            className={css['short'] ?? ''}
            inputMode="decimal"
            value={form.networkRate}
            error={wrong('networkRate')}
            onChange={event => set({ networkRate: event.currentTarget.value })}
            onBlur={() => leave('networkRate')}
          />
        </>
      ) : null}
    </section>
  )
}
