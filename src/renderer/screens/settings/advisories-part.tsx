import { Button, FileButton } from '@mantine/core'
import { IconFileImport, IconRestore } from '@tabler/icons-react'
import { useState } from 'react'
import type { AdvisoryStatus } from '#shared/domain/advisory-match.ts'
import type { Failure, Result } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

/** Which published weaknesses versions are held against; a newer edition comes from a file, never from the network. */
export function AdvisoriesPart() {
  const { t } = useWords()
  const read = useRead('advisories.show', {})
  return (
    <Part title={t('settings.advisories')} note={t('settings.advisoriesNote')}>
      <Asked read={read}>
        {status => (
          <>
            <Edition status={status} />
            <ChangeEdition isReplaced={status.origin === 'replaced'} />
          </>
        )}
      </Asked>
    </Part>
  )
}

function Edition({ status }: { status: AdvisoryStatus }) {
  const { t } = useWords()
  const language = useLanguage()
  const { edition, shipped, count, readUntil, origin, replacedAt, replacedBy } = status
  const named = ({ dataVersion, date }: AdvisoryStatus['edition']) =>
    t('advisories.editionOf', { dataVersion, date: formatDate(date, language) })
  return (
    <Facts>
      <Fact name={t('settings.inForce')}>{named(edition)}</Fact>
      <Fact name={t('settings.advisoryCount')}>{formatNumber(count, language)}</Fact>
      <Fact name={t('settings.readUntil')}>{formatDate(readUntil, language)}</Fact>
      <Fact name={t('settings.origin')}>
        {origin === 'shipped' || replacedAt === null ? (
          t('settings.shipped')
        ) : (
          <>
            {t('settings.replacedBy', { name: replacedBy ?? '' })} <TimeAgo at={replacedAt} />
            <div className={css['note']}>{t('settings.shippedWas', { edition: named(shipped) })}</div>
          </>
        )}
      </Fact>
    </Facts>
  )
}

function ChangeEdition({ isReplaced }: { isReplaced: boolean }) {
  const { t } = useWords()
  const { client } = useParts()
  const replace = useCommand('advisories.replace')
  const reset = useCommand('advisories.reset')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const tell = (done: Result<AdvisoryStatus>) => {
    setRefusal(done.ok ? null : done.failure)
    if (done.ok) sayDone(t('settings.advisoriesChanged', { dataVersion: done.value.edition.dataVersion }))
  }
  const take = async (file: File | null) => {
    if (file !== null) tell(await replace.run({ file: client.pathOf(file), older: false }))
  }
  return (
    <>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <div className={css['actions']}>
        <FileButton onChange={file => void take(file)} accept="application/json,.json">
          {props => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconFileImport size={15} aria-hidden />}
              loading={replace.isRunning}
            >
              {t('settings.replaceAdvisories')}
            </Button>
          )}
        </FileButton>
        {isReplaced ? (
          <Button
            variant="default"
            leftSection={<IconRestore size={15} aria-hidden />}
            loading={reset.isRunning}
            onClick={() => void reset.run({}).then(tell)}
          >
            {t('settings.resetAdvisories')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
