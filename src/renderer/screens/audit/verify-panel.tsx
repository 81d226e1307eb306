import { Button, FileButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type AuditProgress, type AuditVerification, SignedHead } from '#shared/domain/audit.ts'
import type { Failure } from '#shared/result.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { Notice } from '../../components/notice.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { formatExact, millisecondsOf } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { audit, formatAudit } from '../../state/audit-route.ts'
import css from './audit.module.css'

type State =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly failure: Failure | null; readonly error: string | null }
  | { readonly kind: 'done'; readonly result: AuditVerification }

/** Compares the whole chain with itself, with what it vouches for, and with a head that was kept elsewhere. */
export function VerifyPanel({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const { client } = useParts()
  const [head, setHead] = useState<SignedHead | null>(null)
  const [isForeign, setForeign] = useState(false)
  const [state, setState] = useState<State>({ kind: 'running' })
  const [progress, setProgress] = useState<AuditProgress | null>(null)
  useEffect(() => client.on('audit.progressed', setProgress), [client])
  useEffect(() => {
    const giveUp = new AbortController()
    setState({ kind: 'running' })
    client.call('audit.verify', { head }, giveUp.signal).then(
      result => {
        if (giveUp.signal.aborted) return
        setState(
          result.ok
            ? { kind: 'done', result: result.value }
            : { kind: 'failed', failure: result.failure, error: null },
        )
      },
      error => giveUp.signal.aborted || setState({ kind: 'failed', failure: null, error: String(error) }),
    )
    return () => giveUp.abort()
  }, [client, head])
  const choose = async (file: File | null) => {
    if (file === null) return
    const read = SignedHead.safeParse(readJson(await file.text()))
    setForeign(!read.success)
    if (read.success) setHead(read.data)
  }
  return (
    <div className={css['verify']}>
      {state.kind === 'running' ? <Running progress={progress} /> : null}
      {state.kind === 'failed' ? <FailurePanel failure={state.failure} error={state.error} /> : null}
      {state.kind === 'done' ? <Verdict result={state.result} onClose={onClose} /> : null}
      {isForeign ? <Notice tone="attention">{t('audit:head.foreign')}</Notice> : null}
      <div className={css['tail']}>
        <p className={css['muted']}>{t('audit:verify.limit')}</p>
        <FileButton accept="application/json,.json" onChange={file => void choose(file)}>
          {props => (
            <Button {...props} size="xs" variant="default">
              {t('audit:head.compare')}
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  )
}

function Running({ progress }: { progress: AuditProgress | null }) {
  const { t } = useWords()
  const language = useLanguage()
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total
  const value = t('audit:verify.progress', {
    done: formatNumber(progress?.done ?? 0, language),
    total: formatNumber(progress?.total ?? 0, language),
  })
  return (
    <div className={css['running']}>
      <span>{progress === null ? t('audit:verify.running') : value}</span>
      <ProgressBar share={share} label={t('audit:verify.running')} value={value} />
    </div>
  )
}

function Verdict({ result, onClose }: { result: AuditVerification; onClose: () => void }) {
  const { t } = useWords()
  const language = useLanguage()
  const { intact, entries, scans, erased, head, problem, tailChecked } = result
  const number = (count: number) => formatNumber(count, language)
  return (
    <Notice tone={intact ? 'ok' : 'danger'} isUrgent={!intact} onClose={onClose}>
      <strong>{t(intact ? 'audit:verify.intact' : 'audit:verify.broken')}</strong>{' '}
      {problem === null ? (
        t('audit:verify.intactText', {
          entries: number(entries),
          scans: number(scans),
          erased: number(erased),
        })
      ) : (
        <>
          <a href={formatAudit({ ...audit, entry: problem.entry })}>
            {t('audit:verify.firstBad', { entry: problem.entry })}
          </a>{' '}
          {t(`governance:damage.${problem.damage}`, { scan: problem.scan ?? '' })}
        </>
      )}
      {head === null || !intact ? null : (
        <div className={css['head']}>
          {t('audit:verify.head', {
            entry: head.entry,
            at: formatExact(millisecondsOf(head.at), language).split('\n')[0],
          })}{' '}
          <Mono>{head.hash}</Mono>
        </div>
      )}
      {tailChecked && intact ? <div>{t('audit:verify.tailChecked')}</div> : null}
    </Notice>
  )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
