import { formatAddressPort } from '#shared/domain/address.ts'
import type { EndpointDetail } from '#shared/domain/instance.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { AccessMark, CorsMark, Unknown } from '../../components/marks.tsx'
import { Copyable, Mono } from '../../components/mono.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { CertificateFacts } from './certificate-facts.tsx'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** The ways in. */
export function EndpointsTab({ instance }: TabProps) {
  return instance.endpoints.map(endpoint => <Endpoint key={endpoint.id} endpoint={endpoint} />)
}

function Endpoint({ endpoint }: { endpoint: EndpointDetail }) {
  const { t } = useWords()
  const { address, port, scheme, basePath, accessApi, accessV1, tls, cors, seenFrom, observedAt } = endpoint
  const { front, linkReason, certificate } = endpoint
  const url = `${scheme}://${formatAddressPort(address, port)}${basePath === '' ? '/' : basePath}`
  return (
    <section className={css['block']}>
      <h3 className={css['blockTitle']}>
        <Copyable text={url} label={t('instance.copyUrl')} />
      </h3>
      <Facts>
        <Fact name={t('instance.api')}>
          <AccessMark access={accessApi} />
        </Fact>
        <Fact name={t('instance.v1')}>
          <AccessMark access={accessV1} />
        </Fact>
        <Fact name={t('inventory.column.cors')}>
          <CorsMark cors={cors} />
        </Fact>
        <Fact name={t('instance.tls')}>{tls ? t('terms:yes') : t('terms:no')}</Fact>
        {front === null ? null : (
          <Fact name={t('instance.front')}>
            <Mono>{front}</Mono>
          </Fact>
        )}
        {linkReason === 'first-seen' ? null : (
          <Fact name={t('instance.linkReason')}>{t(`terms:linkReason.${linkReason}`)}</Fact>
        )}
        <Fact name={t('instance.seenFrom')}>{seenFrom === '' ? <Unknown /> : <Mono>{seenFrom}</Mono>}</Fact>
        <Fact name={t('instance.observed')}>
          <TimeAgo at={observedAt} />
        </Fact>
      </Facts>
      {certificate === null ? null : <CertificateFacts certificate={certificate} />}
    </section>
  )
}
