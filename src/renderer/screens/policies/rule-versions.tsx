import type { PolicyRule } from '#shared/domain/policy.ts'
import type { RuleVersion } from '#shared/domain/rule-preview.ts'
import { Section } from '../../components/facts.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import css from './policies.module.css'

/** What a rule has been, by whom and when; the newest first. */
export function RuleVersions({ rule }: { rule: string }) {
  const { t } = useWords()
  const versions = useRead('policy.versions', { key: rule }).data ?? []
  if (versions.length === 0) return null
  return (
    <Section title={t('policies:versions.title')}>
      <ol className={css['versions']}>
        {versions.map((version, index) => (
          <li key={version.number}>
            <span className={css['number']}>{version.number}</span>
            <div>
              {changesOf(version, versions[index + 1], t)}
              <div className={css['note']}>
                {version.actor}, <TimeAgo at={version.at} />
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}

const shown = ['brokenWhen', 'severity', 'enabled', 'sites', 'scopeQuery', 'params', 'cases'] as const

/** What is other than in the version before, by its names. */
function changesOf({ rule }: RuleVersion, before: RuleVersion | undefined, t: Words): string {
  if (before === undefined) return t('policies:versions.first')
  const other = (field: keyof PolicyRule) =>
    JSON.stringify(rule[field]) !== JSON.stringify(before.rule[field])
  const names = shown.filter(other).map(field => t(`policies:versions.field.${field}`))
  return names.length === 0 ? t('policies:versions.words') : names.join(', ')
}
