import { IconAlertCircle, IconCircleCheck, IconPoint } from '@tabler/icons-react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { ExposureFact, ExposureName } from '#shared/domain/exposure-fact.ts'
import type { EndpointDetail } from '#shared/domain/instance.ts'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** What each way in exposes, fact by fact: how it is known, and the answers it rests on. */
export function ExposureTab({ instance }: TabProps) {
  return instance.endpoints.map(endpoint => <EndpointExposure key={endpoint.id} endpoint={endpoint} />)
}

function EndpointExposure({ endpoint }: { endpoint: EndpointDetail }) {
  const { t } = useWords()
  const { address, port, seenFrom, observedAt, exposure } = endpoint
  return (
    <section className={css['block']}>
      <h3 className={css['blockTitle']}>
        <Mono>{formatAddressPort(address, port)}</Mono>
      </h3>
      <p className={css['source']}>
        <TimeAgo at={observedAt} /> · {t('exposure.from')}{' '}
        {seenFrom === '' ? <Unknown /> : <Mono>{seenFrom}</Mono>}
      </p>
      {exposure.map(fact => (
        <Fact key={fact.name} fact={fact} />
      ))}
    </section>
  )
}

function Fact({ fact: { name, value, details, evidence } }: { fact: ExposureFact }) {
  const { t } = useWords()
  const tone = toneOf(name, value)
  return (
    <div className={css['exposure']}>
      <span>{t(`terms:exposure.${name}`)}</span>
      <div>
        {value === 'unknown' ? (
          <Unknown />
        ) : (
          <StatusMark icon={shapes[tone]} tone={tone} word={t(`terms:exposureValue.${value as 'open'}`)} />
        )}
        {details.map(detail => (
          <div key={detail}>
            <Mono>{detail}</Mono>
          </div>
        ))}
        <div className={css['asked']}>
          {t(`terms:exposureMethod.${name}`)}
          {evidence.map(answer => (
            <div key={answer}>
              <Mono muted>{answer}</Mono>
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

const shapes = { attention: IconAlertCircle, ok: IconCircleCheck, neutral: IconPoint } as const

/** What lets more in than it need, or gives something away. */
const opening = new Set(['open', 'partly-guarded', 'reachable', 'partly', 'any', 'clear-text'])
const closing = new Set(['auth-required', 'forbidden', 'restricted', 'checked', 'tls', 'off', 'blocked'])
const givingAway: ReadonlySet<ExposureName> = new Set(['remote-models', 'foreign-models', 'system-prompts'])

function toneOf(name: ExposureName, value: string): keyof typeof shapes {
  if (opening.has(value) || (value === 'some' && givingAway.has(name))) return 'attention'
  return closing.has(value) ? 'ok' : 'neutral'
}
