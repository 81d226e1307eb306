import { Button, FileButton, Modal } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportVerification } from '#shared/domain/report.ts'
import type { Result } from '#shared/result.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Notice, type NoticeTone } from '../../components/notice.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { formatExact, millisecondsOf } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './reports.module.css'

const tones: Readonly<Record<ReportVerification['verdict'], NoticeTone>> = {
  intact: 'ok',
  altered: 'danger',
  'unknown-signer': 'attention',
}

/** Whether a report somebody has is the one that was signed. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const { client } = useParts()
  const [answer, setAnswer] = useState<Result<ReportVerification> | null>(null)
  const verify = async (file: File | null) => {
    if (file !== null) setAnswer(await client.call('report.verify', { file: client.pathOf(file) }))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reports:console.verifyTitle')}
      size={560}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={css['form']}>
        <p className={css['note']}>{t('reports:console.verifyNote')}</p>
        <FileButton onChange={file => void verify(file)}>
          {props => (
            <Button {...props} variant="default" leftSection={<IconFileSearch size={15} aria-hidden />}>
              {t('reports:console.chooseFile')}
            </Button>
          )}
        </FileButton>
        {answer === null ? null : answer.ok ? (
          <Verdict verification={answer.value} />
        ) : (
          <FailurePanel failure={answer.failure} />
        )}
      </div>
    </Modal>
  )
}

function Verdict({ verification }: { verification: ReportVerification }) {
  const { t } = useWords()
  const language = useLanguage()
  const { verdict, signer, signedAt, files, request } = verification
  return (
    <Notice tone={tones[verdict]}>
      <div className={css['title']}>{t(`reports:verdict.${verdict}`)}</div>
      <div>
        {t('reports:console.signed', {
          kind: t(`reports:kind.${request.kind}`),
          actor: signer.actor,
          at: formatExact(millisecondsOf(signedAt), language),
        })}
      </div>
      <ul className={css['list']}>
        {files.map(({ name, state }) => (
          <li key={name}>
            {name}: {t(`reports:fileState.${state}`)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
