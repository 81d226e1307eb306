import { Button } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import type { EndpointDetail } from '#shared/domain/instance.ts'
import { ProbeTable, SignalTable } from '../../components/evidence-tables.tsx'
import { Section } from '../../components/facts.tsx'
import { useParts } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { scans } from '../../state/route.ts'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** What everything said about the instance rests on. */
export function EvidenceTab({ instance }: TabProps) {
  const { t } = useWords()
  const { navigation } = useParts()
  const askAgain = () => navigation.go({ ...scans, scan: 'new', explain: instance.address })
  return (
    <>
      {instance.endpoints.map(endpoint => (
        <EndpointEvidence key={endpoint.id} endpoint={endpoint} confidence={instance.confidence} />
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconMessageQuestion size={15} aria-hidden />}
        onClick={askAgain}
      >
        {t('evidence.explainAgain', { address: instance.address })}
      </Button>
    </>
  )
}

function EndpointEvidence({ endpoint, confidence }: { endpoint: EndpointDetail; confidence: number }) {
  const { t } = useWords()
  const { signals, evidence } = endpoint
  return (
    <section className={css['block']}>
      <Section title={t('evidence.signals')} note={t('evidence.signalsNote')}>
        {signals.length === 0 ? (
          <p className={css['muted']}>{t('evidence.noSignals')}</p>
        ) : (
          <SignalTable signals={signals} confidence={confidence} />
        )}
      </Section>
      <Section title={t('evidence.probes')} note={t('evidence.probesNote')}>
        <ProbeTable probes={evidence} />
      </Section>
    </section>
  )
}
