import { type ControlState, controlStates } from '#shared/domain/framework.ts'
import type { ControlsUnder, WhatIf } from '#shared/domain/what-if.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './risk.module.css'

/** What nobody can assess, nothing that is done here changes. */
const states = controlStates.filter(state => state !== 'not-assessable')

/** How the controls of frameworks would stand. Asked apart: the scores are there before. */
export function WhatIfControls({ asked }: { asked: WhatIf }) {
  const { t } = useWords()
  const read = useRead('risk.what-if-controls', asked)
  return (
    <section className={css['frame']} aria-label={t('risk:whatif.controls')} aria-live="polite">
      <h2 className={css['title']}>{t('risk:whatif.controls')}</h2>
      {read.failure !== null || read.error !== null ? (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      ) : read.data === undefined ? (
        <LoadingPanel lines={4} />
      ) : (
        <Frameworks frameworks={read.data} />
      )}
    </section>
  )
}

function Frameworks({ frameworks }: { frameworks: readonly ControlsUnder[] }) {
  const { t } = useWords()
  const language = useLanguage()
  const stateColumn = (state: ControlState) => ({
    id: state,
    head: t(`reports:state.${state}`),
    alignEnd: true,
    cell: ({ before, after }: ControlsUnder) => <Change from={before[state]} to={after[state]} />,
  })
  const changed = frameworks.flatMap(({ name, changed }) =>
    changed.map(control => ({ ...control, framework: name[language] })),
  )
  return (
    <>
      <Table
        label={t('risk:whatif.controls')}
        rows={frameworks}
        rowKey={({ framework }) => framework}
        columns={[
          { id: 'framework', head: t('risk:whatif.framework'), cell: ({ name }) => name[language] },
          ...states.map(stateColumn),
        ]}
      />
      {changed.length === 0 ? (
        <p className={css['sub']}>{t('risk:whatif.noControl')}</p>
      ) : (
        <Table
          label={t('risk:whatif.changed')}
          rows={changed}
          rowKey={({ framework, id }) => `${framework}\n${id}`}
          columns={[
            {
              id: 'control',
              head: t('risk:whatif.control'),
              cell: ({ id, title }) => `${id} ${title[language]}`,
            },
            { id: 'of', head: t('risk:whatif.framework'), cell: ({ framework }) => framework },
            {
              id: 'before',
              head: t('risk:whatif.before'),
              cell: ({ before }) => t(`reports:state.${before}`),
            },
            {
              id: 'after',
              head: t('risk:whatif.after'),
              cell: ({ after }) => <strong>{t(`reports:state.${after}`)}</strong>,
            },
          ]}
        />
      )}
    </>
  )
}

function Change({ from, to }: { from: number; to: number }) {
  const language = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  return from === to ? (
    number(to)
  ) : (
    <>
      {number(from)} → <strong>{number(to)}</strong>
    </>
  )
}
