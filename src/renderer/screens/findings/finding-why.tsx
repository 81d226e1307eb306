import type { FindingDetail } from '#shared/domain/finding.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useWords } from '../../i18n/use-words.ts'
import { policies } from '../../state/policies-route.ts'
import { formatRoute } from '../../state/route.ts'
import css from './findings.module.css'

/** What it is and why it matters, in sentences. */
export function FindingWhy({ finding, rule }: { finding: FindingDetail; rule: PolicyRule | undefined }) {
  const { t } = useWords()
  const language = useLanguage()
  const { status, reason, openedAt, statusAt, owner, site } = finding
  return (
    <>
      <p className={css['rationale']}>
        {rule?.rationale[language] ?? t('findings:ruleGone', { rule: finding.rule })}
      </p>
      <p className={css['state']}>
        {t(`findings:state.${status}`)}{' '}
        {t('findings:because', { reason: t(`governance:findingReason.${reason}`) })}
      </p>
      <Facts>
        <Fact name={t('findings:column.openedAt')}>
          <TimeAgo at={openedAt} />
        </Fact>
        {statusAt === openedAt ? null : (
          <Fact name={t('findings:since')}>
            <TimeAgo at={statusAt} />
          </Fact>
        )}
        <Fact name={t('findings:column.owner')}>
          {owner ?? <span className={css['muted']}>{t('findings:nobody')}</span>}
        </Fact>
        <Fact name={t('findings:column.site')}>{site}</Fact>
        <Fact name={t('findings:column.rule')}>
          <a href={formatRoute({ ...policies, rule: finding.rule })}>{finding.rule}</a>
        </Fact>
      </Facts>
    </>
  )
}
