import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Failure } from '#shared/result.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './failure-panel.module.css'
import { type FailureWords, failureWords } from './failure-words.ts'
import { useLanguage } from './use-language.ts'

export interface FailurePanelProps {
  readonly failure: Failure | null
  /** A bug's message; shown where there is no failure. */
  readonly error?: string | null
  readonly onRetry?: () => void
  /** Stands in a page by itself rather than above other things. */
  readonly large?: boolean
  readonly children?: ReactNode
}

/** What happened, what to do, and a way to do it. */
export function FailurePanel({ failure, error = null, onRetry, large = false, children }: FailurePanelProps) {
  const { t } = useWords()
  const words = useFailureWords()
  const shown = failure === null ? bugWords(error ?? '', t('bug.next')) : words(failure)
  return (
    <div className={css['panel']} role="alert" data-large={large || undefined}>
      <IconAlertTriangle size={large ? 24 : 18} aria-hidden className={css['icon']} />
      <div className={css['body']}>
        <p className={css['error']}>
          {failure === null ? t('bug.error', { message: shown.error }) : shown.error}
        </p>
        <p className={css['next']}>{shown.next}</p>
        {children}
        {onRetry === undefined ? null : (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={onRetry}
            className={css['retry'] ?? ''}
          >
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  )
}

function bugWords(error: string, next: string): FailureWords {
  return { error, next }
}

/** The words of failures in the language on show. */
export function useFailureWords(): (failure: Failure) => FailureWords {
  const { t } = useWords()
  const language = useLanguage()
  return failure => failureWords(failure, t, language)
}
