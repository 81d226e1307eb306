import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { Import } from '#shared/domain/import.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { TakeBackRest } from '../../actions/take-back-rest.tsx'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { imports } from '../../state/imports-route.ts'
import { ImportFacts } from './import-facts.tsx'
import { StateMark } from './import-table.tsx'
import css from './imports.module.css'
import { RejectTable } from './reject-table.tsx'

/** One import: what became of every entry, and the way to take all of it back. */
export function ImportDrawer({ head }: { head: Import }) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const read = useRead('import.show', { id: head.id })
  const undo = useCommand('import.undo')
  const sayFailed = useSayFailed()
  const [inUse, setInUse] = useState<Failure | null>(null)
  const takeBack = async (rest: boolean) => {
    const done = await undo.run({ id: head.id, rest })
    const isInUse = !done.ok && done.failure.code === 'import-in-use'
    setInUse(isInUse ? done.failure : null)
    if (isInUse) return
    if (done.ok) sayDone(t('exchange:screen.undone', { count: done.value.removed, kept: done.value.kept }))
    else sayFailed(done.failure)
  }
  const canUndo = head.state === 'done' || head.state === 'broken'
  return (
    <Drawer
      label={t('exchange:screen.label', { id: head.id })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={() => navigation.go(imports)}
      heading={<h2 className={css['clip']}>{head.file}</h2>}
      sub={
        <div className={css['state']}>
          <StateMark state={head.state} />
        </div>
      }
      {...(canUndo && {
        footer: (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} aria-hidden />}
            loading={undo.isRunning}
            onClick={() => void takeBack(false)}
          >
            {t('exchange:screen.undo')}
          </Button>
        ),
      })}
    >
      <TakeBackRest
        refusal={inUse}
        isRunning={undo.isRunning}
        onConfirm={() => void takeBack(true)}
        onCancel={() => setInUse(null)}
      />
      <div className={css['parts']}>
        <ImportFacts head={head} />
        {read.failure !== null || read.error !== null ? (
          <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
        ) : read.data === undefined ? (
          <LoadingPanel lines={3} />
        ) : (
          <RejectTable rejected={read.data.rejected} count={read.data.rejectedCount} />
        )}
      </div>
    </Drawer>
  )
}
