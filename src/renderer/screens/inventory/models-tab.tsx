import { Tooltip } from '@mantine/core'
import { IconBox, IconCloudUp, IconCpu, IconTool } from '@tabler/icons-react'
import type { ClaimRow, InstanceDetail } from '#shared/domain/instance.ts'
import type { Model } from '#shared/domain/model.ts'
import { capabilityWord } from '../../components/capability-word.ts'
import { LicenceWords } from '../../components/licence-words.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Copyable } from '../../components/mono.tsx'
import { EmptyPanel } from '../../components/state-panel.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatBytes } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** What the instance holds, and what each of them can do. */
export function ModelsTab({ instance }: TabProps) {
  const { t } = useWords()
  if (instance.models === null || instance.models.length === 0) {
    const is = instance.models === null ? 'unknown' : 'none'
    return <EmptyPanel icon={IconBox} title={t(`models.${is}`)} text={t(`models.${is}Text`)} />
  }
  return (
    <ul className={css['models']}>
      {instance.models.map(model => (
        <ModelItem key={`${model.name} ${model.digest}`} model={model} instance={instance} />
      ))}
    </ul>
  )
}

function ModelItem({ model, instance }: { model: Model; instance: InstanceDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  const isRunning = instance.running?.includes(model.name) === true
  const facts = [model.family, model.parameterSize, model.quantization].filter(fact => fact !== null)
  return (
    <li className={css['model']}>
      <div className={css['modelHead']}>
        <strong className={css['modelName']}>{model.name}</strong>
        {isRunning ? <StatusMark icon={IconCpu} tone="info" word={t('models.running')} /> : null}
        <span className={css['size']}>
          {model.sizeBytes === null ? <Unknown /> : formatBytes(model.sizeBytes, language)}
        </span>
      </div>
      {model.remoteHost === null ? null : (
        <StatusMark
          icon={IconCloudUp}
          tone="attention"
          word={t('models.remote', { host: model.remoteHost })}
          strong
        />
      )}
      <Capabilities model={model} claims={instance.claims} />
      <div className={css['modelFacts']}>
        <span>{t('models.licence')}</span>
        <LicenceWords licence={model.licence} />
      </div>
      <div className={css['modelFacts']}>
        <span>{facts.length === 0 ? <Unknown /> : facts.join(' · ')}</span>
        {model.digest === null ? null : (
          <Copyable
            text={model.digest}
            shown={model.digest.slice(0, 12)}
            label={t('models.copyDigest', { name: model.name })}
          />
        )}
      </div>
    </li>
  )
}

/** How each word is known is said on hover. */
function Capabilities({ model, claims }: { model: Model; claims: readonly ClaimRow[] }) {
  const { t } = useWords()
  const { capabilities, digest } = model
  const asked = claims.filter(claim => claim.digest === digest)
  const hint =
    asked.length === 0
      ? t('models.listed')
      : asked
          .map(({ method, askedOf }) =>
            t('models.claim', { method: t(`terms:claimMethod.${method}`), askedOf }),
          )
          .join('\n')
  if (capabilities === null)
    return (
      <div className={css['capabilities']}>
        {t('models.capabilities')}: <Unknown />
      </div>
    )
  return (
    <Tooltip label={hint} position="bottom-start">
      <div className={css['capabilities']}>
        {capabilities.length === 0 ? t('models.noCapabilities') : null}
        {capabilities.map(name =>
          name === 'tools' ? (
            <StatusMark key={name} icon={IconTool} tone="attention" word={t('models.toolCalling')} strong />
          ) : (
            <span key={name}>{capabilityWord(name, t)}</span>
          ),
        )}
      </div>
    </Tooltip>
  )
}
