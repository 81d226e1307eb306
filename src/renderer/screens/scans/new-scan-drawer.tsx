import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import type { Range } from '#shared/domain/range.ts'
import type { ScanStarted } from '#shared/domain/scan.ts'
import { sayDone } from '../../actions/say.ts'
import { ScanRefusal } from '../../actions/scan-refusal.tsx'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Notice } from '../../components/notice.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, usePreferences, useScanActivity } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ranges as rangesRoute, type ScansRoute, scans } from '../../state/route.ts'
import { PaceFields } from './pace-fields.tsx'
import { RangeChoice } from './range-choice.tsx'
import { ScanExtent } from './scan-extent.tsx'
import css from './scans.module.css'
import { StartedScan } from './started-scan.tsx'
import { useScanForm } from './use-scan-form.ts'

/** A scan about to be started: of what, how fast, on which ports. */
export function NewScanDrawer({ range, explain }: Pick<ScansRoute, 'range' | 'explain'>) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const { progress } = useScanActivity()
  const read = useRead('range.list', {})
  const state = useScanForm(range, explain)
  const [started, setStarted] = useState<ScanStarted | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const close = () => navigation.go(scans)
  const start = async (event: FormEvent) => {
    event.preventDefault()
    const begun = await state.submit(read.data ?? [])
    if (begun === null) return focusFirstWrong(form.current)
    if (begun.leftOut.length > 0) return setStarted(begun)
    sayDone(t('scans.startedNow', { id: begun.id }))
    close()
  }
  const canStart = (read.data?.length ?? 0) > 0 && progress === null
  const cancel = (
    <Button variant="default" onClick={close}>
      {t('cancel')}
    </Button>
  )
  return (
    <Drawer
      label={t('scans.new')}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={close}
      heading={<h2>{t('scans.new')}</h2>}
      footer={
        started === null ? (
          <>
            <ScanExtent form={state.form} register={read.data ?? []} />
            {cancel}
            <Button
              type="submit"
              form="scan-form"
              leftSection={<IconPlayerPlay size={15} aria-hidden />}
              disabled={!canStart}
              loading={state.isStarting}
            >
              {t('scans.start')}
            </Button>
          </>
        ) : (
          <Button onClick={close}>{t('inventory.showScan')}</Button>
        )
      }
    >
      {started === null ? (
        <form
          id="scan-form"
          ref={form}
          className={css['form']}
          onSubmit={event => void start(event)}
          noValidate
        >
          {progress === null ? null : (
            <Notice tone="attention">{t('scans.oneAtATime', { id: progress.id })}</Notice>
          )}
          {state.refusal === null ? null : (
            <ScanRefusal
              failure={state.refusal}
              isConfirmed={state.form.confirmVantage}
              onConfirmed={confirmVantage => state.set({ confirmVantage })}
            />
          )}
          <Register read={read} state={state} />
        </form>
      ) : (
        <StartedScan started={started} />
      )}
    </Drawer>
  )
}

interface RegisterProps {
  readonly read: ReturnType<typeof useRead<'range.list'>>
  readonly state: ReturnType<typeof useScanForm>
}

function Register({ read, state }: RegisterProps) {
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  if (read.data === undefined) return <LoadingPanel />
  return read.data.length === 0 ? <NoRange /> : <Fields register={read.data} state={state} />
}

function Fields({ register, state }: { register: readonly Range[]; state: RegisterProps['state'] }) {
  return (
    <>
      <RangeChoice register={register} state={state} />
      <PaceFields register={register} state={state} />
    </>
  )
}

function NoRange() {
  const { t } = useWords()
  const { navigation } = useParts()
  return (
    <Notice
      tone="attention"
      actions={
        <Button size="xs" variant="default" onClick={() => navigation.go({ ...rangesRoute, range: 'new' })}>
          {t('ranges.add')}
        </Button>
      }
    >
      {t('ranges.none')}
    </Notice>
  )
}

/** After the words have been drawn: what is wrong, or the refusal at the top. */
function focusFirstWrong(form: HTMLFormElement | null): void {
  setTimeout(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (wrong == null) form?.scrollIntoView({ block: 'start' })
    else wrong.focus()
  })
}
