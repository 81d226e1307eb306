import { Button, Chip, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { weekdays } from '#shared/domain/scan-window.ts'
import { useWords } from '../../i18n/use-words.ts'
import { firstWindow, type WindowFields, windowProblem } from './range-limits.ts'
import css from './ranges.module.css'
import type { RangeFormState } from './use-range-form.ts'

/** The hours in which a range may be scanned. None: always. */
export function WindowFieldList({ state: { form, set, leave, wrong } }: { state: RangeFormState }) {
  const { t } = useWords()
  const { windows } = form
  const replace = (index: number, ...fields: WindowFields[]) => {
    set({ windows: windows.toSpliced(index, 1, ...fields) })
    leave('windows')
  }
  return (
    <div>
      <span className={css['label']}>{t('ranges.windows')}</span>
      <p className={css['hint']}>{t('ranges.windowsHint')}</p>
      <ul className={css['windows']}>
        {windows.map((fields, index) => (
          <WindowField
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
            key={index}
            fields={fields}
            isWrong={wrong('windows') !== null && windowProblem(fields) !== null}
            onChange={change => replace(index, { ...fields, ...change })}
            onRemove={() => replace(index)}
          />
        ))}
      </ul>
      {wrong('windows') === null ? null : <p className={css['wrong']}>{wrong('windows')}</p>}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set({ windows: [...windows, firstWindow] })}
      >
        {t('ranges.addWindow')}
      </Button>
    </div>
  )
}

interface FieldProps {
  readonly fields: WindowFields
  readonly isWrong: boolean
  readonly onChange: (change: Partial<WindowFields>) => void
  readonly onRemove: () => void
}

function WindowField({ fields, isWrong, onChange, onRemove }: FieldProps) {
  const { t } = useWords()
  const time = (name: 'from' | 'to') => (
    <TextInput
      className={css['time'] ?? ''}
      classNames={{ input: css['mono'] ?? '' }}
      aria-label={t(`ranges.${name}`)}
      aria-invalid={isWrong || undefined}
      value={fields[name]}
      onChange={event => onChange({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <li className={css['window']}>
      <Chip.Group
        multiple
        value={[...fields.days]}
        onChange={chosen => onChange({ days: weekdays.filter(day => chosen.includes(day)) })}
      >
        {weekdays.map(day => (
          <Chip key={day} value={day}>
            {t(`terms:weekday.${day}`)}
          </Chip>
        ))}
      </Chip.Group>
      <span className={css['times']}>
        {time('from')}–{time('to')}
        <button type="button" className={css['drop']} aria-label={t('ranges.dropWindow')} onClick={onRemove}>
          <IconX size={14} aria-hidden />
        </button>
      </span>
    </li>
  )
}
