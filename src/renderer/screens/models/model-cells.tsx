import { IconArrowsShuffle } from '@tabler/icons-react'
import type { HeldModel } from '#shared/domain/held-model.ts'
import { capabilityWord } from '../../components/capability-word.ts'
import { LicenceWords } from '../../components/licence-words.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatRelative, millisecondsOf } from '../../format/dates.ts'
import { formatBytes, formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { RegisterMark, RemoteMark } from './model-marks.tsx'
import css from './models.module.css'

interface CellProps {
  readonly row: HeldModel
}

export function NameCell({ row: { names } }: CellProps) {
  const [first, ...others] = names
  return (
    <>
      {first}
      {others.length === 0 ? null : <span className={css['more']}>+{others.length}</span>}
    </>
  )
}

export const DigestCell = ({ row }: CellProps) =>
  row.digest === null ? <Unknown /> : <Mono muted>{row.digest.slice(0, 12)}</Mono>
export const FamilyCell = ({ row }: CellProps) => row.family ?? <Unknown />
export const ParametersCell = ({ row }: CellProps) => row.parameterSize ?? <Unknown />
export const QuantizationCell = ({ row }: CellProps) => row.quantization ?? <Unknown />
export const RegisterCell = ({ row }: CellProps) => <RegisterMark state={row.register} />

export function InstancesCell({ row }: CellProps) {
  return <>{formatNumber(row.instances, useLanguage())}</>
}

export function SizeCell({ row }: CellProps) {
  const language = useLanguage()
  return row.sizeBytes === null ? <Unknown /> : formatBytes(row.sizeBytes, language)
}

export function SourceCell({ row }: CellProps) {
  const { t } = useWords()
  if (row.sources.length > 0) return <>{row.sources.join(', ')}</>
  return <span className={css['muted']}>{t('models:screen.noSource')}</span>
}

export function RemoteCell({ row }: CellProps) {
  const { t } = useWords()
  if (row.remoteHost !== null) return <RemoteMark host={row.remoteHost} />
  return <span className={css['muted']}>{t('models:screen.local')}</span>
}

export function CapabilitiesCell({ row: { capabilities } }: CellProps) {
  const { t } = useWords()
  if (capabilities === null) return <Unknown />
  if (capabilities.length === 0) return <span className={css['muted']}>{t('terms:none')}</span>
  return <>{capabilities.map(name => capabilityWord(name, t)).join(', ')}</>
}

export const LicenceCell = ({ row }: CellProps) => <LicenceWords licence={row.licence} />

export function DriftCell({ row: { drift } }: CellProps) {
  const { t } = useWords()
  const count = drift.to + drift.from
  if (count === 0) return <span className={css['muted']}>{t('terms:none')}</span>
  return <StatusMark icon={IconArrowsShuffle} tone="attention" word={t('models:screen.changes', { count })} />
}

function Ago({ at }: { at: string }) {
  const language = useLanguage()
  const now = useNow()
  return <>{formatRelative(Math.min(millisecondsOf(at), now), now, language)}</>
}

export const FirstSeenCell = ({ row }: CellProps) =>
  row.firstSeenAt === null ? <Unknown /> : <Ago at={row.firstSeenAt} />
export const LastSeenCell = ({ row }: CellProps) => <Ago at={row.lastSeenAt} />
