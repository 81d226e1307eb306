import { Tabs } from '@mantine/core'
import { useState } from 'react'
import { deployments, type PolicyRule } from '#shared/domain/policy.ts'
import { useWords } from '../i18n/use-words.ts'
import { Section } from './facts.tsx'
import { Copyable } from './mono.tsx'
import css from './remedy-part.module.css'
import { useLanguage } from './use-language.ts'

/** What to do, by how the instance is run, and the command that shows that it is done. */
export function RemedyPart({ remedies }: Pick<PolicyRule, 'remedies'>) {
  const { t } = useWords()
  const language = useLanguage()
  const known = deployments.filter(each => remedies[each] !== undefined)
  const [chosen, setChosen] = useState(known[0])
  const remedy = chosen === undefined ? undefined : remedies[chosen]
  if (chosen === undefined || remedy === undefined) return null
  return (
    <Section title={t('findings:remedy.title')}>
      {known.length === 1 && chosen === 'any' ? null : (
        <Tabs value={chosen} onChange={value => setChosen(known.find(each => each === value) ?? chosen)}>
          <Tabs.List aria-label={t('findings:remedy.deployment')}>
            {known.map(each => (
              <Tabs.Tab key={each} value={each}>
                {t(`governance:deployment.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <p className={css['what']}>{remedy.what[language]}</p>
      {remedy.commands.map(command => (
        <div key={command} className={css['command']}>
          <Copyable text={command} label={t('findings:remedy.copy')} />
        </div>
      ))}
      <p className={css['verify']}>{t('findings:remedy.verify')}</p>
      <div className={css['command']}>
        <Copyable text={remedy.verify} label={t('findings:remedy.copy')} />
      </div>
    </Section>
  )
}
