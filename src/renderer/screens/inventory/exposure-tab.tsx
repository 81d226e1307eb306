import { IconCloudOff, IconCloudUp, IconLock, IconLockOpen } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { EndpointDetail } from '#shared/domain/instance.ts'
import type { Probe, ProbeKind } from '#shared/domain/probe.ts'
import { AccessMark, CorsMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './instance.module.css'
import { ProbeAnswer } from './probe-answer.tsx'
import type { TabProps } from './tab-props.ts'

/** Each fact about what protects it, with the question it rests on. */
export function ExposureTab({ instance }: TabProps) {
  return instance.endpoints.map(endpoint => (
    <EndpointExposure key={endpoint.id} endpoint={endpoint} cloudDisabled={instance.cloudDisabled} />
  ))
}

interface Props {
  readonly endpoint: EndpointDetail
  readonly cloudDisabled: boolean | null
}

function EndpointExposure({ endpoint, cloudDisabled }: Props) {
  const { t } = useWords()
  const { address, port, accessApi, accessV1, cors, tls, seenFrom, observedAt } = endpoint
  return (
    <section className={css['block']}>
      <h3 className={css['blockTitle']}>
        <Mono>{formatAddressPort(address, port)}</Mono>
      </h3>
      <p className={css['source']}>
        <TimeAgo at={observedAt} /> · {t('exposure.from')}{' '}
        {seenFrom === '' ? <Unknown /> : <Mono>{seenFrom}</Mono>}
      </p>
      <FactRow name={t('instance.api')} probe={find(endpoint, ['tags', 'version', 'root'])}>
        <AccessMark access={accessApi} />
      </FactRow>
      <FactRow name={t('instance.v1')} probe={find(endpoint, ['v1-models'])}>
        <AccessMark access={accessV1} />
      </FactRow>
      <FactRow name={t('inventory.column.cors')} probe={find(endpoint, ['origin'])}>
        <CorsMark cors={cors} />
      </FactRow>
      <FactRow name={t('exposure.cloud')} probe={find(endpoint, ['status'])}>
        <Cloud isDisabled={cloudDisabled} />
      </FactRow>
      <FactRow name={t('instance.tls')} probe={null}>
        {tls ? (
          <StatusMark icon={IconLock} tone="ok" word={t('terms:yes')} />
        ) : (
          <StatusMark icon={IconLockOpen} tone="attention" word={t('terms:no')} />
        )}
      </FactRow>
    </section>
  )
}

function Cloud({ isDisabled }: { isDisabled: boolean | null }) {
  const { t } = useWords()
  if (isDisabled === null) return <Unknown />
  return isDisabled ? (
    <StatusMark icon={IconCloudOff} tone="ok" word={t('exposure.cloudOff')} />
  ) : (
    <StatusMark icon={IconCloudUp} tone="neutral" word={t('exposure.cloudOn')} />
  )
}

function FactRow({ name, probe, children }: { name: string; probe: Probe | null; children: ReactNode }) {
  const { t } = useWords()
  return (
    <div className={css['exposure']}>
      <span>{name}</span>
      <div>
        {children}
        <div className={css['asked']}>
          {probe === null ? (
            t('exposure.seen')
          ) : (
            <>
              <Mono muted>{probe.request}</Mono>
              {probe.about === null ? null : <Mono muted>{` ${probe.about}`}</Mono>} →{' '}
              <ProbeAnswer probe={probe} />
            </>
          )}
        </div>
      </div>
    </div>
  )
}

/** The question a fact rests on: the first of these that was asked. */
function find({ evidence }: EndpointDetail, kinds: readonly ProbeKind[]): Probe | null {
  return kinds.flatMap(kind => evidence.find(probe => probe.kind === kind) ?? [])[0] ?? null
}
