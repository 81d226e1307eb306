import { formatAddressPort } from '#shared/domain/address.ts'
import type { Considered, Explanation } from '#shared/domain/explanation.ts'
import type { ScanId } from '#shared/ids.ts'
import { ProbeTable, SignalTable } from '../../components/evidence-tables.tsx'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import css from './scans.module.css'

type Target = Explanation['targets'][number]

/** What a scan of one address asked there, was answered, thought of, and concluded. */
export function ScanExplanation({ id }: { id: ScanId }) {
  const { t } = useWords()
  const read = useRead('scan.explanation', { id })
  return (
    <Section title={t('explanation.title')} note={t('explanation.note')}>
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {read.data === undefined && read.failure === null ? <LoadingPanel lines={3} /> : null}
      {read.data?.targets.map(target => (
        <ExplainedTarget key={target.port} target={target} />
      ))}
    </Section>
  )
}

function ExplainedTarget({ target }: { target: Target }) {
  const { t } = useWords()
  const { address, port, outcome, reason, questions, considered } = target
  return (
    <div className={css['explained']}>
      <p className={css['strong']}>
        <Mono>{formatAddressPort(address, port)}</Mono> {t(`terms:outcome.${outcome}`)}
        {reason === null ? null : <span className={css['muted']}> ({reason})</span>}
      </p>
      <Conclusions target={target} />
      {questions.length === 0 ? (
        <p className={css['muted']}>{t('explanation.nothingAsked')}</p>
      ) : (
        <ProbeTable probes={questions} />
      )}
      {considered.map(each => (
        <ConsideredProduct key={`${each.basePath} ${each.product}`} considered={each} />
      ))}
    </div>
  )
}

function Conclusions({ target: { found, questions } }: { target: Target }) {
  const { t } = useWords()
  const { navigation } = useParts()
  if (found.length === 0)
    return questions.length === 0 ? null : <p className={css['muted']}>{t('explanation.nothingFound')}</p>
  return found.map(({ instance, product, suspected, confidence, version }) => (
    <p key={instance}>
      {t('explanation.found', {
        product: t(suspected === null ? `terms:product.${product}` : `terms:suspected.${suspected}`),
        confidence,
        version: version ?? t('terms:unknown'),
      })}{' '}
      <button
        type="button"
        className={css['linkLike']}
        onClick={() => navigation.go({ ...inventory, instance })}
      >
        {t('explanation.open')}
      </button>
    </p>
  ))
}

function ConsideredProduct({ considered }: { considered: Considered }) {
  const { t } = useWords()
  const { product, basePath, signals, confidence } = considered
  return (
    <div className={css['considered']}>
      <p>
        {t('explanation.considered', {
          product: t(`terms:product.${product}`),
          path: basePath || '/',
          confidence,
        })}
      </p>
      {signals.length === 0 ? null : <SignalTable signals={signals} confidence={confidence} />}
    </div>
  )
}
