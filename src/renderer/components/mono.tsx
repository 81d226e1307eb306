import { Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './mono.module.css'

/** Addresses, digests, paths: whatever is compared letter by letter. */
export function Mono({ children, muted = false }: { children: string; muted?: boolean }) {
  return (
    <span className={css['mono']} data-muted={muted || undefined} translate="no">
      {children}
    </span>
  )
}

export interface CopyButtonProps {
  readonly text: string
  /** What is copied, for who cannot see what it stands beside: "Copy the address". */
  readonly label: string
  readonly shape?: 'copy' | 'link'
}

export function CopyButton({ text, label, shape = 'copy' }: CopyButtonProps) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  const Shape = isCopied ? IconCheck : shape === 'link' ? IconLink : IconCopy
  return (
    <Tooltip label={isCopied ? t('copied') : label}>
      <button type="button" className={css['copy']} aria-label={label} onClick={() => void copy()}>
        <Shape size={14} aria-hidden />
      </button>
    </Tooltip>
  )
}

/** Text in the mono face with its copy button. `shown` where the whole is too long to show. */
export function Copyable({ text, shown = text, label }: CopyButtonProps & { shown?: string }) {
  return (
    <span className={css['copyable']}>
      <Mono>{shown}</Mono>
      <CopyButton text={text} label={label} />
    </span>
  )
}

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}
