import { Tooltip } from '@mantine/core'
import { formatAddressPort } from '#shared/domain/address.ts'
import { ImitationMark, PresenceMark, SeverityMark, Unknown } from '../../components/marks.tsx'
import { Copyable, CopyButton } from '../../components/mono.tsx'
import { OwnershipMark } from '../../components/ownership-marks.tsx'
import { useRoute } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory, linkTo } from '../../state/route.ts'
import css from './instance.module.css'
import { reasonOf } from './sentences.ts'
import type { TabProps } from './tab-props.ts'

/** Which instance it is, and the least one needs to know of it. */
export function InstanceHead({ instance }: TabProps) {
  const { t } = useWords()
  const route = useRoute()
  const { address, port, hostnames, presence, severity } = instance
  return (
    <>
      <h2>
        <Copyable text={formatAddressPort(address, port)} label={t('instance.copyAddress')} />
        <span className={css['link']}>
          <CopyButton text={linkTo(route)} label={t('instance.copyLink')} shape="link" />
        </span>
      </h2>
      <p className={css['line']}>
        <ProductName instance={instance} />
        {hostnames.length === 0 ? null : <span className={css['host']}>{hostnames.join(', ')}</span>}
      </p>
      <p className={css['line']}>
        <Tooltip label={t(`severityReason.${reasonOf(instance)}`)}>
          <span>
            <SeverityMark severity={severity} />
          </span>
        </Tooltip>
        <Tooltip label={t(`presenceMeaning.${presence}`)}>
          <span>
            <PresenceMark presence={presence} />
          </span>
        </Tooltip>
        <HeadOwner instance={instance} />
      </p>
    </>
  )
}

/** Whoever answers technically, or might; the tab says why. */
function HeadOwner({ instance }: TabProps) {
  const { t } = useWords()
  const route = useRoute()
  const technical = instance.ownerships.find(({ duty }) => duty === 'technical')
  if (technical === undefined) return null
  return (
    <a
      className={css['owner']}
      href={formatRoute({
        ...(route.screen === 'inventory' ? route : inventory),
        instance: instance.id,
        tab: 'ownership',
      })}
      aria-label={t('triage:headOwner', { owner: technical.owner ?? t('triage:nobody') })}
    >
      <OwnershipMark state={technical.state} />
      {technical.owner === null ? null : <span>{technical.owner}</span>}
    </a>
  )
}

function ProductName({ instance: { product, suspected, version, confidence } }: TabProps) {
  const { t } = useWords()
  if (suspected === 'honeypot') return <ImitationMark word={t('terms:suspected.honeypot')} />
  if (suspected === 'ollama') return <span>{t('terms:suspected.ollama')}</span>
  return (
    <span>
      {product === 'unknown' ? <Unknown /> : t(`terms:product.${product}`)} {version}
      <span className={css['muted']}> · {t('inventory.confidence', { confidence })}</span>
    </span>
  )
}
