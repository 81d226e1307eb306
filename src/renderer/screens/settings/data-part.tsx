import { Fact, Facts } from '../../components/facts.tsx'
import { Copyable } from '../../components/mono.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'

/** What is open, where it lies, who has it open, and which Paddock this is. */
export function DataPart() {
  const { t } = useWords()
  const language = useLanguage()
  const read = useRead('workspace.show', {})
  return (
    <Part title={t('settings.data')} note={t('settings.dataNote')}>
      <Asked read={read}>
        {({ version, dataFolder, actor, rangeCount, instanceCount }) => (
          <Facts>
            <Fact name={t('settings.actor')}>{actor}</Fact>
            <Fact name={t('settings.dataFolder')}>
              <Copyable text={dataFolder} label={t('settings.copyFolder')} />
            </Fact>
            <Fact name={t('screen.ranges')}>{formatNumber(rangeCount, language)}</Fact>
            <Fact name={t('settings.instances')}>{formatNumber(instanceCount, language)}</Fact>
            <Fact name={t('settings.version')}>
              {t('product')} {version}
            </Fact>
          </Facts>
        )}
      </Asked>
    </Part>
  )
}
