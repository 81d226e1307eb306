import { Button } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Overview } from '#shared/domain/overview.ts'
import { TrySimulation } from '../../actions/simulation.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { SourceLine } from '../../components/source-line.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useParts } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { scans } from '../../state/route.ts'
import { ActionList } from './action-list.tsx'
import { ChangeList } from './change-list.tsx'
import { FigureTile, PersistentTile } from './figure-tile.tsx'
import { LevelBar } from './level-bar.tsx'
import css from './overview.module.css'

/** Where the risk is and whether it shrinks, for ten seconds of looking. */
export function OverviewScreen() {
  const { t } = useWords()
  const read = useRead('risk.overview', {}, { keepPrevious: true })
  return (
    <ScreenLayout header={<PageHeader title={t('screen.overview')} />}>
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {read.data === undefined && read.failure === null ? <LoadingPanel /> : null}
      {read.data === undefined ? null : <Content overview={read.data} />}
    </ScreenLayout>
  )
}

function Content({ overview }: { overview: Overview }) {
  const { t } = useWords()
  const { navigation } = useParts()
  // In the frame that shows it: npm run bench:console compares it with when the backend was ready.
  useEffect(() => void requestAnimationFrame(() => performance.mark('overview-shown')), [])
  if (overview.scans.count === 0) {
    return (
      <EmptyPanel
        icon={IconRadar2}
        title={t('risk:overview.empty.title')}
        text={t('risk:overview.empty.text')}
      >
        <Button onClick={() => navigation.go(scans)}>{t('risk:overview.empty.action')}</Button>
        <TrySimulation />
      </EmptyPanel>
    )
  }
  return (
    <>
      <ul className={css['tiles']}>
        {overview.figures.map(figure => (
          <FigureTile key={figure.name} figure={figure} />
        ))}
        {overview.figures.some(({ name }) => name === 'persistentCore') ? null : <PersistentTile />}
      </ul>
      <div className={css['columns']}>
        <div>
          <LevelBar levels={overview.levels} />
          <ActionList actions={overview.actions} />
        </div>
        <ChangeList changes={overview.changes} />
      </div>
      <SourceLine scans={overview.scans} />
    </>
  )
}
