import { Button } from '@mantine/core'
import { IconCopy, IconEdit } from '@tabler/icons-react'
import type { PolicyRule } from '#shared/domain/policy.ts'
import { Drawer } from '../../components/drawer.tsx'
import { Section } from '../../components/facts.tsx'
import { SeverityMark } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { RemedyPart } from '../../components/remedy-part.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'
import { policies } from '../../state/policies-route.ts'
import { formatRoute } from '../../state/route.ts'
import css from './policies.module.css'
import { PreviewLine } from './preview-line.tsx'
import { RuleCases } from './rule-cases.tsx'
import { RuleFacts } from './rule-facts.tsx'
import { RuleSettings } from './rule-settings.tsx'
import { draftOf, textOf } from './rule-text.ts'
import { RuleVersions } from './rule-versions.tsx'
import { usePreview } from './use-preview.ts'

/** A rule: why, when, what to do, what it says now, and what is set for it here. */
export function RuleDrawer({ rule }: { rule: PolicyRule }) {
  const { t } = useWords()
  const language = useLanguage()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const preview = usePreview(textOf(draftOf(rule)), rule.scopeQuery)
  const isOwn = rule.pack === 'own'
  const params = Object.entries(rule.params)
  return (
    <Drawer
      label={t('policies:rule.label', { rule: rule.key })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={() => navigation.go(policies)}
      heading={
        <>
          <h2>{rule.title[language]}</h2>
          <p className={css['headLine']}>
            <SeverityMark severity={rule.severity} />
            <Mono muted>{rule.key}</Mono>
            <a href={formatRoute({ ...findings, text: `rule:${rule.key} status:active` })}>
              {t('policies:rule.findings')}
            </a>
          </p>
        </>
      }
      footer={
        <>
          <Button
            variant="default"
            leftSection={<IconCopy size={15} aria-hidden />}
            onClick={() => navigation.go({ ...policies, rule: 'new', isEditing: true, from: rule.key })}
          >
            {t('policies:rule.copy')}
          </Button>
          {isOwn ? (
            <Button
              leftSection={<IconEdit size={15} aria-hidden />}
              onClick={() => navigation.go({ ...policies, rule: rule.key, isEditing: true })}
            >
              {t('edit')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={css['parts']}>
        <p className={css['rationale']}>{rule.rationale[language]}</p>
        <PreviewLine preview={preview} />
        <Section title={t('policies:rule.brokenWhen')}>
          <pre className={css['condition']}>{rule.brokenWhen}</pre>
          <p className={css['note']}>{t(`policies:each.${rule.each}`)}</p>
          {rule.scope === null ? null : (
            <p className={css['note']}>
              {t('policies:rule.appliesWhere')} <Mono>{rule.scope}</Mono>
            </p>
          )}
          {params.map(([name, value]) => (
            <p key={name} className={css['note']}>
              <Mono>{`params.${name} = ${JSON.stringify(value)}`}</Mono>
            </p>
          ))}
        </Section>
        <RuleSettings rule={rule} />
        <RemedyPart remedies={rule.remedies} />
        <RuleFacts rule={rule} />
        <RuleCases cases={rule.cases} test={preview.test} />
        <RuleVersions rule={rule.key} />
      </div>
    </Drawer>
  )
}
