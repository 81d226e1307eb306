import type { ReactNode } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { HeldModelDetail, ModelClaim, TagChange } from '#shared/domain/held-model.ts'
import { capabilityWord } from '../../components/capability-word.ts'
import { Section } from '../../components/facts.tsx'
import { LicenceWords } from '../../components/licence-words.tsx'
import { PresenceMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatExact, millisecondsOf } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { models } from '../../state/models-route.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './models.module.css'

interface PartProps {
  readonly model: HeldModelDetail
}

/** Who holds it: the first of them here, all of them in the inventory. */
export function ModelHolders({ model }: PartProps) {
  const { t } = useWords()
  const language = useLanguage()
  const { holders, instances, query } = model
  const count = formatNumber(instances, language)
  return (
    <Section title={t('models:drawer.holders', { n: count })}>
      <p className={css['lead']}>
        <a href={formatRoute({ ...inventory, text: query })}>
          {t('models:drawer.showHolders', { count: instances, n: count })}
        </a>
        {holders.length < instances ? (
          <span className={css['muted']}>{t('models:drawer.firstHolders', { n: holders.length })}</span>
        ) : null}
      </p>
      <Table
        label={t('models:drawer.holdersLabel')}
        isInset
        rows={holders}
        rowKey={holder => String(holder.instance)}
        link={holder => formatRoute({ ...inventory, text: query, instance: holder.instance })}
        columns={[
          {
            id: 'address',
            head: t('inventory.column.address'),
            cell: ({ address, port }) => <Mono>{formatAddressPort(address, port)}</Mono>,
          },
          {
            id: 'version',
            head: t('inventory.column.version'),
            cell: ({ version }) => (version === null ? <Unknown /> : <Mono>{version}</Mono>),
          },
          {
            id: 'presence',
            head: t('inventory.column.presence'),
            cell: ({ presence }) => <PresenceMark presence={presence} />,
          },
          { id: 'site', head: t('inventory.column.site'), wraps: true, cell: ({ site }) => site },
        ]}
      />
    </Section>
  )
}

/** What it is called where. */
export function ModelTags({ model: { tags } }: PartProps) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <Section title={t('models:drawer.tags')} note={t('models:drawer.tagsNote')}>
      <Table
        label={t('models:drawer.tags')}
        isInset
        rows={tags}
        rowKey={({ name }) => name}
        columns={[
          { id: 'name', head: t('models:screen.column.name'), wraps: true, cell: ({ name }) => name },
          {
            id: 'instances',
            head: t('models:column.instances'),
            alignEnd: true,
            cell: ({ instances }) => formatNumber(instances, language),
          },
        ]}
      />
    </Section>
  )
}

/** Names that came to mean it, or ceased to, without anybody saying so. */
export function ModelDrift({ model: { changes, digest } }: PartProps) {
  const { t } = useWords()
  return (
    <Section title={t('models:drawer.drift')} note={t('models:drawer.driftNote')}>
      {changes.length === 0 ? <p className={css['muted']}>{t('models:drawer.noDrift')}</p> : null}
      <ul className={css['changes']}>
        {changes.map(change => (
          <li key={`${change.instance} ${change.name} ${change.at}`}>
            <Change change={change} digest={digest} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Change({ change, digest }: { change: TagChange; digest: string | null }): ReactNode {
  const { t } = useWords()
  const language = useLanguage()
  const { name, address, port, at, from, to, fromApproved, toApproved } = change
  const isTo = to === digest
  const values = {
    name,
    place: formatAddressPort(address, port),
    at: formatExact(millisecondsOf(at), language),
  }
  return (
    <>
      {t(isTo ? 'models:drawer.cameToMean' : 'models:drawer.ceasedToMean', values)}{' '}
      <a href={formatRoute({ ...models, model: isTo ? from : to })}>
        <Mono>{(isTo ? from : to).slice(0, 12)}</Mono>
      </a>
      {fromApproved && !toApproved ? (
        <strong className={css['warning']}> {t('models:drawer.leftRegister')}</strong>
      ) : null}
    </>
  )
}

/** What servers said of it, and which were asked. */
export function ModelClaims({ model: { claims, capabilities, licence } }: PartProps) {
  const { t } = useWords()
  const words = ({ capabilities: said }: ModelClaim) =>
    said.map(name => capabilityWord(name, t)).join(', ') || t('terms:none')
  const disagree = new Set(claims.map(({ capabilities: said }) => [...said].sort().join())).size > 1
  const isDisputed = licence.state === 'disputed'
  return (
    <Section
      title={t('models:drawer.claims')}
      note={t(
        claims.length === 0
          ? capabilities === null
            ? 'models:drawer.noClaims'
            : 'models:drawer.listClaims'
          : disagree
            ? 'models:drawer.claimsDisagree'
            : 'models:drawer.claimsNote',
      )}
    >
      {isDisputed ? <p className={css['warning']}>{t('models:drawer.licencesDisagree')}</p> : null}
      {claims.length === 0 ? null : (
        <Table
          label={t('models:drawer.claims')}
          isInset
          rows={claims}
          rowKey={({ site, generation, askedOf }) => `${site} ${generation} ${askedOf}`}
          columns={[
            { id: 'said', head: t('models:screen.column.capabilities'), wraps: true, cell: words },
            {
              id: 'licence',
              head: t('models:screen.column.licence'),
              wraps: true,
              cell: claim => <LicenceWords licence={claim.licence} />,
            },
            {
              id: 'method',
              head: t('models:drawer.method'),
              wraps: true,
              cell: ({ method }) => t(`terms:claimMethod.${method}`),
            },
            {
              id: 'of',
              head: t('models:drawer.askedOf'),
              wraps: true,
              cell: ({ askedOf, site }) => (
                <>
                  <span className={css['place']}>
                    <Mono>{askedOf}</Mono>
                  </span>{' '}
                  {site}
                </>
              ),
            },
            { id: 'at', head: t('models:drawer.askedAt'), cell: ({ askedAt }) => <TimeAgo at={askedAt} /> },
          ]}
        />
      )}
    </Section>
  )
}
