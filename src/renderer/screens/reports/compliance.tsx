import { Select } from '@mantine/core'
import {
  type Icon,
  IconCertificateOff,
  IconCircleCheck,
  IconCircleHalf2,
  IconCircleX,
  IconHelpCircle,
} from '@tabler/icons-react'
import {
  type ControlAssessment,
  type ControlState,
  controlStates,
  type FrameworkAssessment,
} from '#shared/domain/framework.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Notice } from '../../components/notice.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'
import { reports } from '../../state/reports-route.ts'
import { formatRoute } from '../../state/route.ts'
import type { Tone } from '../../theme/tokens.ts'
import css from './reports.module.css'

/** What scans and decisions say about the controls of a framework. */
export function Compliance() {
  const { t } = useWords()
  const language = useLanguage()
  const { navigation } = useParts()
  const route = useScreenRoute('reports', reports)
  const list = useRead('framework.list', {})
  const frameworks = list.data?.frameworks ?? []
  const framework = route.framework ?? frameworks[0]?.framework ?? null
  const read = useRead('framework.assess', { framework: framework ?? '' }, { enabled: framework !== null })
  if (list.data !== undefined && framework === null)
    return (
      <EmptyPanel
        icon={IconCertificateOff}
        title={t('reports:console.noPack')}
        text={t('reports:console.noPackText')}
      />
    )
  return (
    <>
      {(list.data?.problems ?? []).map(({ file, problem }) => (
        <Notice key={file} tone="attention">
          {t('reports:cli.badPack', { file, problem })}
        </Notice>
      ))}
      <div className={css['head']}>
        <Select
          label={t('reports:console.framework')}
          w={560}
          allowDeselect={false}
          data={frameworks.map(each => ({ value: each.framework, label: each.name[language] }))}
          value={framework}
          onChange={value => navigation.replace({ ...reports, part: 'compliance', framework: value })}
        />
        {read.data === undefined ? null : <States assessment={read.data} />}
      </div>
      <p className={css['note']}>{t('reports:controls.intro')}</p>
      {read.failure !== null || read.error !== null ? (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      ) : read.data === undefined ? (
        <LoadingPanel />
      ) : (
        <ControlTable assessment={read.data} />
      )}
    </>
  )
}

const looks: Readonly<Record<ControlState, readonly [Icon, Tone]>> = {
  met: [IconCircleCheck, 'ok'],
  partly: [IconCircleHalf2, 'attention'],
  'not-met': [IconCircleX, 'danger'],
  'not-assessable': [IconHelpCircle, 'muted'],
}

function StateMark({ state, count }: { state: ControlState; count?: number }) {
  const { t } = useWords()
  const [icon, tone] = looks[state]
  const word = t(`reports:state.${state}`)
  return <StatusMark icon={icon} tone={tone} word={count === undefined ? word : `${word}: ${count}`} strong />
}

function States({ assessment: { counts } }: { assessment: FrameworkAssessment }) {
  return (
    <div className={css['states']}>
      {controlStates.map(state => (
        <StateMark key={state} state={state} count={counts[state]} />
      ))}
    </div>
  )
}

function ControlTable({ assessment: { controls } }: { assessment: FrameworkAssessment }) {
  const { t } = useWords()
  return (
    <Table<ControlAssessment>
      label={t('reports:register.controls')}
      rows={controls}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'id',
          head: t('reports:column.control'),
          cell: ({ id }) => <span className={css['title']}>{id}</span>,
        },
        {
          id: 'what',
          head: t('reports:controls.what'),
          width: '60%',
          wraps: true,
          cell: control => <What control={control} />,
        },
        {
          id: 'state',
          head: t('reports:column.state'),
          width: '40%',
          wraps: true,
          cell: control => <State control={control} />,
        },
      ]}
    />
  )
}

function What({ control }: { control: ControlAssessment }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <div className={css['control']}>
      <span className={css['title']}>
        {control.title[language]}
        {control.status === 'unverified' ? ` (${t('reports:controls.unverified')})` : ''}
      </span>
      <span className={css['note']}>{control.text[language]}</span>
    </div>
  )
}

function State({ control }: { control: ControlAssessment }) {
  const { t } = useWords()
  const language = useLanguage()
  const { state, reasons, condition, tallies } = control
  const words = reasons.map(each =>
    each === 'conditional' ? condition?.[language] : t(`reports:reason.${each}`),
  )
  const speaking = tallies.filter(({ open, handled, excepted }) => open + handled + excepted > 0)
  return (
    <div className={css['state']}>
      <StateMark state={state} />
      <span className={css['note']}>{words.join(' ')}</span>
      {speaking.map(({ rule, open, handled, excepted }) => (
        <a key={rule} href={formatRoute({ ...findings, text: `rule:${rule}` })}>
          {t('reports:controls.evidence', { rule, open, handled, excepted })}
        </a>
      ))}
    </div>
  )
}
