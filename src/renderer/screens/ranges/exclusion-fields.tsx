import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, useRef } from 'react'
import { blockSize, parseBlock } from '#shared/domain/address-block.ts'
import { useFailureWords } from '../../components/failure-panel.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { exclusionProblem, readBlock } from './range-form.ts'
import css from './ranges.module.css'
import type { RangeFormState } from './use-range-form.ts'

/** Blocks that are never visited, one a line. A list that is pasted becomes lines. */
export function ExclusionFields({ state: { form, set } }: { state: RangeFormState }) {
  const { t } = useWords()
  const list = useRef<HTMLUListElement>(null)
  const { exclusions } = form
  const replace = (index: number, ...texts: string[]) =>
    set({ exclusions: exclusions.toSpliced(index, 1, ...texts) })
  const add = () => {
    set({ exclusions: [...exclusions, ''] })
    setTimeout(() => list.current?.querySelector<HTMLElement>('li:last-child input')?.focus())
  }
  return (
    <div>
      <span className={css['label']}>{t('ranges.exclusions')}</span>
      <p className={css['hint']}>{t('ranges.exclusionsHint')}</p>
      <ul ref={list} className={css['exclusions']}>
        {exclusions.map((text, index) => (
          <ExclusionField
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
            key={index}
            text={text}
            block={form.block}
            onText={(...texts) => replace(index, ...texts)}
            onRemove={() => replace(index)}
          />
        ))}
      </ul>
      <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
        {t('ranges.addExclusion')}
      </Button>
    </div>
  )
}

interface FieldProps {
  readonly text: string
  readonly block: string
  readonly onText: (...texts: string[]) => void
  readonly onRemove: () => void
}

function ExclusionField({ text, block, onText, onRemove }: FieldProps) {
  const { t } = useWords()
  const language = useLanguage()
  const words = useFailureWords()
  const whole = readBlock(block, true)
  const problem = exclusionProblem(text, whole?.ok === true ? whole.value : null)
  const parsed = parseBlock(text)
  const size = parsed.ok ? blockSize(parsed.value) : null
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const lines = event.clipboardData
      .getData('text')
      .split(/[\s,;]+/)
      .filter(Boolean)
    if (lines.length < 2) return
    event.preventDefault()
    onText(...lines)
  }
  return (
    <li className={css['exclusion']}>
      <TextInput
        className={css['exclusionInput'] ?? ''}
        classNames={{ input: css['mono'] ?? '' }}
        aria-label={t('ranges.exclusion')}
        placeholder="10.20.30.0/28"
        value={text}
        error={problem === null ? null : words(problem).error}
        onChange={event => onText(event.currentTarget.value)}
        onPaste={paste}
      />
      <span className={css['exclusionSize']}>
        {size === null ? '' : t('ranges.holds', { count: Number(size), size: formatNumber(size, language) })}
      </span>
      <button
        type="button"
        className={css['drop']}
        aria-label={t('ranges.dropExclusion', { block: text })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </button>
    </li>
  )
}
