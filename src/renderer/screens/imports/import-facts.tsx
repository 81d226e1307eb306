import type { Import } from '#shared/domain/import.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './imports.module.css'

type Head = Pick<Import, 'read' | 'stored' | 'rejectedCount' | 'about' | 'format'>

/** The counts, which add up, and what the file says of the scan it comes from. */
export function ImportFacts({ head }: { head: Head }) {
  const { t } = useWords()
  const language = useLanguage()
  const { about } = head
  return (
    <Facts>
      {(['read', 'stored', 'rejectedCount'] as const).map(name => (
        <Fact key={name} name={t(`exchange:column.${name}`)}>
          {formatNumber(head[name], language)}
        </Fact>
      ))}
      {about === null ? null : (
        <>
          <Fact name={t('exchange:screen.scanner')}>
            {t(`exchange:format.${head.format}`)} {about.version}
          </Fact>
          {about.arguments === null ? null : (
            <Fact name={t('exchange:screen.arguments')}>
              <span className={css['command']}>
                <Mono>{about.arguments}</Mono>
              </span>
            </Fact>
          )}
          {about.finishedAt === null ? null : (
            <Fact name={t('exchange:screen.finished')}>
              <TimeAgo at={about.finishedAt} />
            </Fact>
          )}
        </>
      )}
    </Facts>
  )
}
