import type { ImportReject } from '#shared/domain/import.ts'
import { Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './imports.module.css'

/** More than anybody reads here; all of them are on record, and on the command line. */
const mostShown = 200

/** What was not taken, and why not: nothing is lost silently. */
export function RejectTable({ rejected, count }: { rejected: readonly ImportReject[]; count: number }) {
  const { t } = useWords()
  const language = useLanguage()
  if (count === 0) return null
  return (
    <Section title={t('exchange:screen.rejected', { count })}>
      <Table
        isInset
        label={t('exchange:screen.rejected', { count })}
        rows={rejected.slice(0, mostShown)}
        rowKey={({ line, reason, text }) => `${line} ${reason} ${text}`}
        columns={[
          {
            id: 'line',
            head: t('exchange:screen.line'),
            alignEnd: true,
            width: '64px',
            cell: ({ line }) => formatNumber(line, language),
          },
          {
            id: 'reason',
            head: t('exchange:screen.reason'),
            cell: ({ reason }) => t(`exchange:reason.${reason}`),
            wraps: true,
          },
          {
            id: 'text',
            head: t('exchange:screen.text'),
            cell: ({ text }) => (
              <span className={css['clip']}>
                <Mono>{text}</Mono>
              </span>
            ),
          },
        ]}
      />
      {count > mostShown ? (
        <p className={css['muted']}>{t('exchange:screen.moreRejected', { count: count - mostShown })}</p>
      ) : null}
    </Section>
  )
}
