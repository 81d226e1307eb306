import type { Overview } from '#shared/domain/overview.ts'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './overview.module.css'

/** What takes most risk away, each with whom it concerns. */
export function ActionList({ actions }: { actions: Overview['actions'] }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <section className={css['section']} aria-labelledby="actions-title">
      <h2 id="actions-title" className={css['heading']}>
        {t('risk:actions.title')} <span className={css['headingSub']}>{t('risk:actions.sub')}</span>
      </h2>
      {actions.length === 0 ? <p className={css['none']}>{t('risk:actions.none')}</p> : null}
      <ol className={css['actions']}>
        {actions.map(({ kind, site, instances, removed, query }) => (
          <li key={query}>
            <a href={formatRoute({ ...inventory, text: query })}>
              <span className={css['action']}>{t(`risk:action.${kind}`, { site })}</span>
              <span className={css['actionCount']}>{t('risk:actions.instances', { count: instances })}</span>
              <span className={css['removed']}>
                {t('risk:actions.removed', { count: removed, points: formatNumber(removed, language) })}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}
