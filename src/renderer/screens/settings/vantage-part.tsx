import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import type { Vantage } from '#shared/domain/vantage.ts'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

/** Where this machine looks from now. It may change any moment, without the data changing. */
export function VantagePart() {
  const { t } = useWords()
  const read = useRead('vantage.show', {}, { refetchEveryMs: 5000 })
  const columns = useVantageColumns()
  return (
    <Part title={t('settings.vantages')} note={t('settings.vantagesNote')} isWide>
      <Asked read={read}>
        {vantages =>
          vantages.length === 0 ? (
            <p className={css['none']}>{t('settings.noVantage')}</p>
          ) : (
            <Table
              label={t('settings.vantages')}
              isInset
              rows={vantages}
              rowKey={({ fingerprint }) => fingerprint}
              columns={columns}
            />
          )
        }
      </Asked>
    </Part>
  )
}

function useVantageColumns(): TableColumn<Vantage>[] {
  const { t } = useWords()
  const orUnknown = (text: string | null) => (text === null ? <Unknown /> : <Mono>{text}</Mono>)
  return [
    { id: 'prefix', head: t('settings.vantage.prefix'), cell: ({ prefix }) => <Mono>{prefix}</Mono> },
    { id: 'interface', head: t('settings.vantage.interface'), cell: each => each.interface },
    { id: 'gateway', head: t('settings.vantage.gateway'), cell: ({ gateway }) => orUnknown(gateway) },
    {
      id: 'hardware',
      head: t('settings.vantage.hardware'),
      cell: ({ gatewayHardware }) => orUnknown(gatewayHardware),
    },
    { id: 'suffix', head: t('settings.vantage.dnsSuffix'), cell: ({ dnsSuffix }) => orUnknown(dnsSuffix) },
    {
      id: 'vpn',
      head: t('settings.vantage.vpn'),
      cell: ({ vpn }) => (vpn ? t('terms:yes') : t('terms:no')),
    },
    {
      id: 'known',
      head: t('settings.vantage.used'),
      cell: ({ id }) =>
        id === null ? (
          <StatusMark icon={IconCircleDashed} tone="muted" word={t('settings.vantage.never')} />
        ) : (
          <StatusMark icon={IconCircleCheck} tone="ok" word={t('settings.vantage.known')} />
        ),
    },
  ]
}
