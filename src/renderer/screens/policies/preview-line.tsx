import { Button } from '@mantine/core'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDate } from '../../format/dates.ts'
import { formatNumber, formatShare } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'
import type { usePreview } from './use-preview.ts'

/** "Fires on 14 of 312 now, unknown on 9, and 9 times since May." */
export function PreviewLine({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { t } = useWords()
  const language = useLanguage()
  const { broken, instances, unknown, times, since, share, isStopped, failure, test } = preview
  if (failure !== null) return <FailurePanel failure={failure} />
  if (test?.problem != null) return null
  const number = (value: number) => formatNumber(value, language)
  return (
    <div className={css['preview']} role="status" aria-label={t('policies:preview.title')}>
      <p className={css['previewText']}>
        {t('policies:preview.text', {
          broken: number(broken),
          instances: number(instances),
          unknown: number(unknown),
          times: number(times),
          since: formatDate(since.slice(0, 10), language),
        })}
      </p>
      {share === null ? null : (
        <div className={css['counting']}>
          <ProgressBar
            label={t('policies:preview.counting')}
            share={share}
            value={formatShare(share, language)}
          />
          <Button size="compact-xs" variant="default" onClick={preview.stop}>
            {t('policies:preview.stop')}
          </Button>
        </div>
      )}
      {isStopped ? (
        <div className={css['counting']}>
          <span className={css['muted']}>{t('policies:preview.stopped')}</span>
          <Button size="compact-xs" variant="default" onClick={preview.again}>
            {t('policies:preview.again')}
          </Button>
        </div>
      ) : null}
      <p className={css['note']}>{t('policies:preview.note')}</p>
    </div>
  )
}
