import { Button, Group, Textarea } from '@mantine/core'
import { IconBan, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { HeldModelDetail } from '#shared/domain/held-model.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { ModelsRoute } from '../../state/models-route.ts'
import css from './models.module.css'

export interface ModelRegisterProps {
  readonly model: HeldModelDetail
  readonly ask: ModelsRoute['ask']
  readonly onAsk: (ask: ModelsRoute['ask']) => void
  readonly onJudged: () => void
}

/** What the register says of a model and why, and the ways to say otherwise. */
export function ModelRegister({ model, ask, onAsk, onJudged }: ModelRegisterProps) {
  const { t } = useWords()
  const { digest, register } = model
  if (digest === null)
    return (
      <Section title={t('models:drawer.register')}>
        <p className={css['sentences']}>{t('models:drawer.noDigestText')}</p>
      </Section>
    )
  const wanted = ask === null || (ask === 'revoke') !== (register === 'approved') ? null : ask
  return (
    <Section title={t('models:drawer.register')}>
      <Said model={model} />
      {wanted !== null ? (
        <Reason
          digest={digest}
          deed={wanted}
          onDone={onJudged}
          onClose={() => onAsk(null)}
          name={model.names[0] ?? ''}
        />
      ) : register === 'approved' ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconBan size={14} aria-hidden />}
          onClick={() => onAsk('revoke')}
        >
          {t('models:drawer.revoke')}
        </Button>
      ) : (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRosetteDiscountCheck size={14} aria-hidden />}
          onClick={() => onAsk('approve')}
        >
          {t('models:drawer.approve')}
        </Button>
      )}
    </Section>
  )
}

function Said({ model: { register, approved, revoked } }: { model: HeldModelDetail }) {
  const { t } = useWords()
  const word = approved ?? revoked
  if (word === null) return <p className={css['sentences']}>{t('models:registerMeaning.not-judged')}</p>
  return (
    <p className={css['sentences']}>
      {t(`models:drawer.${register === 'approved' ? 'approvedBy' : 'revokedBy'}`, { by: word.by })}{' '}
      <TimeAgo at={word.at} />.
      {word.note === '' ? '' : ` ${t('models:drawer.reasonWas', { note: word.note })}`}
    </p>
  )
}

interface ReasonProps {
  readonly digest: string
  readonly name: string
  readonly deed: 'approve' | 'revoke'
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Asks why, and does it. */
function Reason({ digest, name, deed, onDone, onClose }: ReasonProps) {
  const { t } = useWords()
  const command = useCommand(`model.${deed}`)
  const [note, setNote] = useState('')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const run = async () => {
    const done = await command.run({ digest, note })
    if (!done.ok) return setRefusal(done.failure)
    sayDone(t(`models:drawer.${deed === 'approve' ? 'approvedNow' : 'revokedNow'}`, { name }))
    onDone()
    onClose()
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        void run()
      }}
      onKeyDown={event => event.key === 'Escape' && onClose()}
    >
      <Textarea
        autoFocus
        label={t('models:drawer.reason')}
        description={t(`models:drawer.${deed}Hint`)}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <Group gap={8} mt={10}>
        <Button
          type="submit"
          size="xs"
          loading={command.isRunning}
          data-danger={deed === 'revoke' || undefined}
        >
          {t(`models:drawer.${deed}Now`)}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  )
}
