import {
  type Icon,
  IconAlertTriangle,
  IconArrowsExchange,
  IconPlus,
  IconProgressCheck,
  IconRadar2,
} from '@tabler/icons-react'
import { severities } from '#shared/domain/exposure.ts'
import { findingStatuses } from '#shared/domain/finding.ts'
import type { Overview } from '#shared/domain/overview.ts'
import { TimeAgo } from '../../components/time-ago.tsx'
import { type KnownRules, useRules } from '../../data/rules.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { formatRoute, inventory, scans } from '../../state/route.ts'
import css from './overview.module.css'

type Change = Overview['changes'][number]

const icons: Readonly<Record<Change['kind'], Icon>> = {
  'instance-new': IconPlus,
  'finding-opened': IconAlertTriangle,
  'finding-moved': IconProgressCheck,
  'tag-changed': IconArrowsExchange,
  'scan-ended': IconRadar2,
}

/** What happened last. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { t } = useWords()
  const rules = useRules()
  return (
    <section className={css['section']} aria-labelledby="changes-title">
      <h2 id="changes-title" className={css['heading']}>
        {t('risk:changes.title')}
      </h2>
      {changes.length === 0 ? <p className={css['none']}>{t('risk:changes.none')}</p> : null}
      <ul className={css['changes']}>
        {changes.map(change => {
          const Shape = icons[change.kind]
          const words = t(`risk:change.${change.kind}`, { subject: subjectOf(change, rules, t) })
          return (
            <li key={`${change.at} ${change.kind} ${change.rule} ${change.subject} ${change.detail}`}>
              <a href={hrefOf(change)}>
                <Shape size={15} stroke={1.7} aria-hidden />
                <span className={css['changed']} title={words}>
                  {words}
                </span>
                <span className={css['detail']}>{detailWords(change, t)}</span>
                <TimeAgo at={change.at} />
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function subjectOf({ subject, rule, count }: Change, rules: KnownRules, t: Words): string {
  if (rule === null) return subject
  const title = rules.titleOf(rule)
  return `${count === 1 ? title : t('risk:change.times', { subject: title, count })} · ${subject}`
}

function hrefOf({ kind, subject, instanceId }: Change): string {
  if (kind === 'scan-ended') return formatRoute({ ...scans, scan: Number(subject) })
  return formatRoute({
    ...inventory,
    instance: instanceId,
    tab: kind === 'instance-new' ? 'summary' : 'risk',
  })
}

function detailWords({ detail }: Change, t: Words): string {
  const severity = severities.find(each => each === detail)
  if (severity !== undefined) return t(`terms:severity.${severity}`)
  const status = findingStatuses.find(each => each === detail)
  return status === undefined ? detail : t(`risk:status.${status}`)
}
