import { IconFilterOff, IconFocusCentered } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { BlastRadius } from '#shared/domain/blast-radius.ts'
import { valueTerm } from '#shared/query/term.ts'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PresenceMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { InstanceQuery } from '../../query/instance-query.tsx'
import { useReadableQuery } from '../../query/use-readable-query.ts'
import { models } from '../../state/models-route.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './models.module.css'

/** So many are named; all are counted. */
const named = 50

/** Who is hit if what is typed is affected. */
export function BlastRadiusPanel() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('models', models)
  const query = useReadableQuery(route.text)
  const isAsked = query.trim() !== ''
  const read = useRead('model.blast-radius', { query, most: named }, { enabled: isAsked, keepPrevious: true })
  useKeys({ '/': () => document.getElementById('blast-query')?.focus() })
  return (
    <>
      <div className={css['toolbar']}>
        <InstanceQuery
          id="blast-query"
          label={t('models:blast.query')}
          placeholder={t('models:blast.queryHint')}
          query={route.text}
          onQuery={text => navigation.replace({ ...route, text })}
          onLeave={() => document.getElementById('blast-result')?.focus()}
        />
      </div>
      <section
        className={css['page']}
        id="blast-result"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('models:screen.tab.blast-radius')}
      >
        {isAsked ? (
          <Answer radius={read.data} query={query} isOld={read.isOld}>
            {read.failure === null && read.error === null ? null : (
              <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
            )}
          </Answer>
        ) : (
          <EmptyPanel icon={IconFocusCentered} title={t('models:blast.ask')} text={t('models:blast.askText')}>
            {examples.map(example => (
              <a key={example} className={css['example']} href={formatRoute({ ...route, text: example })}>
                <Mono>{example}</Mono>
              </a>
            ))}
          </EmptyPanel>
        )}
      </section>
    </>
  )
}

const examples = ['family:llama quantization:Q4_0', 'version<0.17.1', 'remote:ollama.com'] as const

interface AnswerProps {
  readonly radius: BlastRadius | undefined
  readonly query: string
  readonly isOld: boolean
  readonly children: ReactNode
}

function Answer({ radius, query, isOld, children }: AnswerProps) {
  const { t } = useWords()
  if (children !== null) return children
  if (radius === undefined) return <LoadingPanel />
  if (radius.counts.instances === 0)
    return (
      <EmptyPanel icon={IconFilterOff} title={t('models:blast.none')} text={t('models:blast.noneText')} />
    )
  return (
    <div data-old={isOld || undefined} className={css['answer']}>
      <Head radius={radius} query={query} />
      <div className={css['columns']}>
        <Sites radius={radius} query={query} />
        <Owners radius={radius} query={query} />
        <Models radius={radius} />
      </div>
      <Instances radius={radius} query={query} />
    </div>
  )
}

function Head({ radius: { counts }, query }: { radius: BlastRadius; query: string }) {
  const { t } = useWords()
  const language = useLanguage()
  const n = (count: number) => formatNumber(count, language)
  const { instances, sites, owners, unowned, models: held, holding } = counts
  const figures = [
    ['instances', instances],
    ['sites', sites],
    ['owners', owners],
    ['unowned', unowned],
    ['models', held],
  ] as const
  return (
    <>
      <dl className={css['tiles']}>
        {figures.map(([id, count]) => (
          <div key={id} className={css['tile']} data-warns={(id === 'unowned' && count > 0) || undefined}>
            <dt>{t(`models:blast.figure.${id}`, { count })}</dt>
            <dd>{n(count)}</dd>
          </div>
        ))}
      </dl>
      <p className={css['lead']}>
        <a href={formatRoute({ ...inventory, text: query })}>
          {t('models:drawer.showHolders', { count: instances, n: n(instances) })}
        </a>
        {unowned === 0 ? null : (
          <a href={formatRoute({ ...inventory, text: narrowed(query, 'owner:none') })}>
            {t('models:blast.showUnowned', { count: unowned, n: n(unowned) })}
          </a>
        )}
      </p>
      {holding < instances && held > 0 ? (
        <p className={css['note']}>
          {t('models:blast.holding', { count: holding, n: n(holding), others: n(instances - holding) })}
        </p>
      ) : null}
    </>
  )
}

/** A query and one more demand. */
function narrowed(query: string, term: string): string {
  return `(${query}) ${term}`
}

interface PartProps {
  readonly radius: BlastRadius
  readonly query: string
}

interface Line {
  readonly key: string
  readonly label: ReactNode
  readonly href: string
  readonly instances: number
}

/** Names with how many of the instances each has, the most first. */
function Lines({ title, lines, total }: { title: string; lines: readonly Line[]; total: number }) {
  const { t } = useWords()
  const language = useLanguage()
  const shown = lines.slice(0, 12)
  const columns: TableColumn<Line>[] = [
    { id: 'name', head: title, wraps: true, cell: ({ label }) => label },
    {
      id: 'instances',
      head: t('models:column.instances'),
      alignEnd: true,
      cell: ({ instances }) => formatNumber(instances, language),
    },
  ]
  return (
    <div>
      <Table
        label={title}
        isInset
        rows={shown}
        rowKey={({ key }) => key}
        link={({ href }) => href}
        columns={columns}
      />
      {total > shown.length ? (
        <p className={css['muted']}>
          {t('models:concentration.more', { n: formatNumber(total - shown.length, language) })}
        </p>
      ) : null}
    </div>
  )
}

function Sites({ radius: { sites, counts }, query }: PartProps) {
  const { t } = useWords()
  const lines = sites.map(({ site, instances }) => {
    const href = formatRoute({ ...inventory, text: narrowed(query, valueTerm('site', site)) })
    return { key: site, label: site, href, instances }
  })
  return <Lines title={t('models:blast.sites')} lines={lines} total={counts.sites} />
}

function Owners({ radius: { owners, counts }, query }: PartProps) {
  const { t } = useWords()
  const lines = owners.map(({ owner, instances }) => {
    const term = owner === null ? 'owner:none' : valueTerm('owner', owner)
    const label = owner ?? <strong className={css['warning']}>{t('models:blast.nobody')}</strong>
    return {
      key: owner ?? '',
      label,
      href: formatRoute({ ...inventory, text: narrowed(query, term) }),
      instances,
    }
  })
  // Nobody first: that is where something has to be done.
  const sorted = [...lines.filter(({ key }) => key === ''), ...lines.filter(({ key }) => key !== '')]
  return (
    <Lines
      title={t('models:blast.owners')}
      lines={sorted}
      total={counts.owners + (counts.unowned > 0 ? 1 : 0)}
    />
  )
}

function Models({ radius: { models: held, counts } }: { radius: BlastRadius }) {
  const { t } = useWords()
  const route = useScreenRoute('models', models)
  const lines = held.map(({ digest, name, instances }) => ({
    key: digest ?? name,
    label: name,
    href: formatRoute({ ...route, model: digest ?? name }),
    instances,
  }))
  return <Lines title={t('models:blast.models')} lines={lines} total={counts.models} />
}

function Instances({ radius: { instances, counts }, query }: PartProps) {
  const { t } = useWords()
  const language = useLanguage()
  const n = (count: number) => formatNumber(count, language)
  return (
    <Section
      title={t('models:blast.instances')}
      {...(instances.length < counts.instances
        ? { note: t('models:blast.firstInstances', { n: n(instances.length), all: n(counts.instances) }) }
        : {})}
    >
      <Table
        label={t('models:blast.instances')}
        isInset
        rows={instances}
        rowKey={({ instance }) => String(instance)}
        link={({ instance }) => formatRoute({ ...inventory, text: query, instance })}
        columns={[
          {
            id: 'address',
            head: t('inventory.column.address'),
            cell: ({ address, port }) => <Mono>{formatAddressPort(address, port)}</Mono>,
          },
          {
            id: 'version',
            head: t('inventory.column.version'),
            cell: ({ version }) => (version === null ? <Unknown /> : <Mono>{version}</Mono>),
          },
          {
            id: 'presence',
            head: t('inventory.column.presence'),
            cell: ({ presence }) => <PresenceMark presence={presence} />,
          },
          { id: 'site', head: t('inventory.column.site'), cell: ({ site }) => site },
        ]}
      />
    </Section>
  )
}
