import { factPaths, memberPaths } from '#shared/domain/fact-paths.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import { useFactWords } from '../../components/fact-words.ts'
import { Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'

/** The facts a rule asks for, and what each means. */
export function RuleFacts({ rule }: { rule: Pick<PolicyRule, 'each' | 'brokenWhen' | 'scope'> }) {
  const { t } = useWords()
  const words = useFactWords()
  const text = `${rule.brokenWhen} ${rule.scope ?? ''}`
  const used = [...memberPaths(rule.each), ...factPaths].filter(path => isNamed(path, text))
  if (used.length === 0) return null
  return (
    <Section title={t('policies:rule.facts')}>
      <dl className={css['facts']}>
        {used.map(path => (
          <div key={path}>
            <dt>
              <Mono>{path}</Mono>
            </dt>
            <dd>{words(path)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function isNamed(path: string, text: string): boolean {
  return new RegExp(`(?<![\\w.])${path.replaceAll('.', '\\.')}(?!\\w)`).test(text)
}
