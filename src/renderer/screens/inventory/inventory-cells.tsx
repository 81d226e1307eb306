import { formatAddressPort } from '#shared/domain/address.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import type { OutlineRow } from '#shared/domain/inventory-outline.ts'
import {
  AccessMark,
  CorsMark,
  ImitationMark,
  PresenceMark,
  SeverityMark,
  ToolsMark,
  Unknown,
} from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatRelative, millisecondsOf } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './inventory.module.css'

interface CellProps {
  readonly row: InventoryPageRow
}

/** What is said of a row before its page is there. */
export const outlineCells = {
  risk: ({ row }: { row: OutlineRow }) => <SeverityMark severity={row.severity} />,
  address: ({ row }: { row: OutlineRow }) => <Mono>{row.place}</Mono>,
}

export const SeverityCell = ({ row }: CellProps) => <SeverityMark severity={row.severity} />
export const ScoreCell = ({ row }: CellProps) => (row.score === null ? <Unknown /> : row.score)
export const AccessCell = ({ row }: CellProps) => <AccessMark access={row.access} />
export const CorsCell = ({ row }: CellProps) => <CorsMark cors={row.cors} />
export const PresenceCell = ({ row }: CellProps) => <PresenceMark presence={row.presence} />
export const ToolsCell = ({ row }: CellProps) => <ToolsMark capable={row.toolCalling} />
export const AddressCell = ({ row }: CellProps) => <Mono>{formatAddressPort(row.address, row.port)}</Mono>
export const SiteCell = ({ row }: CellProps) => <>{row.site}</>
export const VersionCell = ({ row }: CellProps) =>
  row.version === null ? <Unknown /> : <Mono>{row.version}</Mono>
export const HostNameCell = ({ row }: CellProps) =>
  row.hostnames.length === 0 ? <Unknown /> : row.hostnames.join(', ')

export function ProductCell({ row }: CellProps) {
  const { t } = useWords()
  if (row.suspected === 'honeypot') return <ImitationMark word={t('terms:suspected.honeypot')} />
  if (row.suspected === 'ollama') return <span className={css['unsure']}>{t('terms:suspected.ollama')}</span>
  if (row.product === 'unknown') return <Unknown />
  return (
    <>
      {t(`terms:product.${row.product}`)}{' '}
      {row.confidence === 100 ? null : <span className={css['confidence']}>{row.confidence}&nbsp;%</span>}
    </>
  )
}

export function ModelsCell({ row }: CellProps) {
  const { t } = useWords()
  if (row.models === null) return <Unknown />
  if (row.models.length === 0) return <span className={css['none']}>{t('terms:none')}</span>
  return (
    <>
      <span className={css['count']}>{row.models.length}</span>{' '}
      <span className={css['names']}>{row.models.map(model => model.name).join(', ')}</span>
    </>
  )
}

export const AdvisoriesCell = ({ row }: CellProps) => (row.advisories === null ? <Unknown /> : row.advisories)

export function OwnerCell({ row }: CellProps) {
  const { t } = useWords()
  return row.owner ?? <span className={css['none']}>{t('terms:none')}</span>
}

export function TagsCell({ row }: CellProps) {
  return row.tags.map(tag => (
    <span key={tag} className={css['tag']}>
      {tag}
    </span>
  ))
}

export function ZoneCell({ row }: CellProps) {
  const { t } = useWords()
  return row.zone === 'unknown' ? <Unknown /> : t(`terms:zone.${row.zone}`)
}

function Ago({ at }: { at: string }) {
  const language = useLanguage()
  const now = useNow()
  return <>{formatRelative(Math.min(millisecondsOf(at), now), now, language)}</>
}

export const FirstSeenCell = ({ row }: CellProps) => <Ago at={row.firstSeenAt} />
export const LastSeenCell = ({ row }: CellProps) => <Ago at={row.lastSeenAt} />
