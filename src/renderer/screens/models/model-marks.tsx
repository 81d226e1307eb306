import {
  type Icon,
  IconBan,
  IconCloudUp,
  IconHelpCircle,
  IconRosetteDiscountCheck,
} from '@tabler/icons-react'
import type { RegisterState } from '#shared/domain/held-model.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWords } from '../../i18n/use-words.ts'
import type { Tone } from '../../theme/tokens.ts'

const looks: Readonly<Record<RegisterState, readonly [Icon, Tone]>> = {
  approved: [IconRosetteDiscountCheck, 'ok'],
  revoked: [IconBan, 'danger'],
  'not-judged': [IconHelpCircle, 'muted'],
}

/** What the register says of a model. */
export function RegisterMark({ state }: { state: RegisterState }) {
  const { t } = useWords()
  const [icon, tone] = looks[state]
  return <StatusMark icon={icon} tone={tone} word={t(`models:register.${state}`)} />
}

/** Prompts to it leave the instance. */
export function RemoteMark({ host }: { host: string }) {
  const { t } = useWords()
  return <StatusMark icon={IconCloudUp} tone="attention" word={t('models.remote', { host })} />
}
