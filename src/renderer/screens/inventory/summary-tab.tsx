import { type Icon, IconAlertCircle, IconCircleCheck, IconHelpCircle, IconPoint } from '@tabler/icons-react'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { Unknown } from '../../components/marks.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './instance.module.css'
import { SaidPart } from './said-part.tsx'
import { reasonOf, type Sentence, sentencesAbout } from './sentences.ts'
import type { TabProps } from './tab-props.ts'

const shapes: Readonly<Record<Sentence['tone'], Icon>> = {
  attention: IconAlertCircle,
  ok: IconCircleCheck,
  neutral: IconPoint,
  unknown: IconHelpCircle,
}

/** What it is and what it exposes, in sentences; then where it belongs. */
export function SummaryTab({ instance }: TabProps) {
  const { t } = useWords()
  const { site, zone, hostnameSources, firstSeenAt, lastSeenAt, severity } = instance
  return (
    <>
      <ul className={css['sentences']}>
        {sentencesAbout(instance, t).map(({ id, tone, text }) => {
          const Shape = shapes[tone]
          return (
            <li key={id} data-tone={tone}>
              <Shape size={16} aria-hidden />
              <span>{text}</span>
            </li>
          )
        })}
      </ul>
      <p className={css['why']}>
        {t('instance.why', {
          severity: t(`terms:severity.${severity}`),
          reason: t(`severityReason.${reasonOf(instance)}`),
        })}
      </p>
      <SaidPart instance={instance} />
      <Section title={t('instance.place')}>
        <Facts>
          <Fact name={t('inventory.column.site')}>{site}</Fact>
          <Fact name={t('inventory.column.zone')}>
            {zone === 'unknown' ? <Unknown /> : t(`terms:zone.${zone}`)}
          </Fact>
          <Fact name={t('inventory.column.hostName')}>
            {hostnameSources.length === 0 ? <Unknown /> : null}
            {hostnameSources.map(({ name, source }) => (
              <div key={`${source} ${name}`}>
                {name} <span className={css['muted']}>{sourceWord(source, t)}</span>
              </div>
            ))}
          </Fact>
          <Fact name={t('inventory.column.firstSeenAt')}>
            <TimeAgo at={firstSeenAt} />
          </Fact>
          <Fact name={t('inventory.column.lastSeenAt')}>
            <TimeAgo at={lastSeenAt} />
          </Fact>
        </Facts>
      </Section>
    </>
  )
}

const sources = ['certificate', 'reverse-dns', 'neighbour-table'] as const

function sourceWord(source: string, t: ReturnType<typeof useWords>['t']): string {
  const known = sources.find(each => each === source)
  return known === undefined ? source : t(`terms:hostNameSource.${known}`)
}
