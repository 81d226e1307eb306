import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import type { AdvisoryMatch } from '#shared/domain/advisory-match.ts'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDate } from '../../format/dates.ts'
import type { Language } from '../../format/language.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { bracketText } from './bracket-text.ts'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** In which published weaknesses' affected ranges its version lies. It never says that the instance is vulnerable. */
export function AdvisoriesTab({ instance }: TabProps) {
  const { t } = useWords()
  const language = useLanguage()
  const { advisories, advisoryBasis: basis, bracket } = instance
  if (basis === null) return <p className={css['muted']}>{t('advisories.notOllama')}</p>
  const { dataVersion, date } = basis.edition
  return (
    <>
      <Facts>
        <Fact name={t('advisories.stated')}>
          {basis.version === null ? null : <Mono>{basis.version}</Mono>}
          <div className={css['muted']}>{t(`terms:versionTrust.${basis.trust}`)}</div>
        </Fact>
        {bracket === null ? null : <Fact name={t('advisories.behaviour')}>{bracketText(bracket, t)}</Fact>}
        <Fact name={t('advisories.edition')}>
          {t('advisories.editionOf', { dataVersion, date: formatDate(date, language) })}
        </Fact>
      </Facts>
      {advisories === null ? (
        <p className={css['muted']}>{t('advisories.notHeld')}</p>
      ) : (
        <Matches matches={advisories} />
      )}
    </>
  )
}

function Matches({ matches }: { matches: readonly AdvisoryMatch[] }) {
  const { t } = useWords()
  const affected = matches.filter(({ state }) => state === 'affected')
  const unknown = matches.filter(({ state }) => state === 'unknown')
  const others = matches.length - affected.length - unknown.length
  return (
    <>
      <Section
        title={t('advisories.affected', { count: affected.length })}
        note={t('advisories.affectedNote')}
      >
        {affected.length === 0 ? null : <MatchTable matches={affected} label={t('advisories.list')} />}
      </Section>
      {unknown.length === 0 ? null : (
        <Section title={t('advisories.unknown', { count: unknown.length })}>
          <MatchTable matches={unknown} label={t('advisories.unknownList')} />
        </Section>
      )}
      <p className={css['muted']}>{t('advisories.others', { count: others })}</p>
    </>
  )
}

function MatchTable({ matches, label }: { matches: readonly AdvisoryMatch[]; label: string }) {
  const { t } = useWords()
  const columns = matchColumns(t, useLanguage())
  return <Table label={label} columns={columns} rows={matches} rowKey={({ id }) => id} isInset />
}

function matchColumns(t: Words, language: Language): TableColumn<AdvisoryMatch>[] {
  return [
    {
      id: 'advisory',
      head: t('advisories.advisory'),
      wraps: true,
      cell: ({ id, title, state, reason, source }) => (
        <>
          <StatusMark
            icon={state === 'affected' ? IconAlertTriangle : IconHelpCircle}
            tone={state === 'affected' ? 'attention' : 'muted'}
            word={id}
            strong
          />
          <div>{title[language]}</div>
          <div className={css['muted']}>{t(`terms:advisoryReason.${reason}`)}</div>
          {source === null ? null : (
            <div className={css['saw']}>
              <Mono muted>{source}</Mono>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'fixed',
      head: t('advisories.fixedIn'),
      cell: ({ fixedIn }) => (fixedIn === null ? t('advisories.noFix') : <Mono>{fixedIn}</Mono>),
    },
    {
      id: 'confidence',
      head: t('advisories.confidence'),
      cell: ({ confidence }) => t(`terms:advisoryConfidence.${confidence}`),
    },
  ]
}
