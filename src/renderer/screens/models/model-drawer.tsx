import type { HeldModelDetail } from '#shared/domain/held-model.ts'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Copyable, CopyButton } from '../../components/mono.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { type ModelsRoute, models } from '../../state/models-route.ts'
import { linkTo } from '../../state/route.ts'
import { RegisterMark } from './model-marks.tsx'
import { ModelClaims, ModelDrift, ModelHolders, ModelTags } from './model-parts.tsx'
import { ModelRegister } from './model-register.tsx'
import { ModelSummary } from './model-summary.tsx'
import css from './models.module.css'

export interface ModelDrawerProps {
  readonly model: string
  readonly ask: ModelsRoute['ask']
  readonly onAsk: (ask: ModelsRoute['ask']) => void
  readonly onClose: () => void
  /** The register says something else of it now. */
  readonly onJudged: () => void
  readonly onStep?: (step: 1 | -1) => void
}

/** So many holders are listed here; the inventory has them all. */
export const holdersShown = 20

/** Everything known of one model. */
export function ModelDrawer({ model: key, ask, onAsk, onClose, onJudged, onStep }: ModelDrawerProps) {
  const { t } = useWords()
  const { preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const read = useRead('model.show', { digest: key, most: holdersShown }, { keepPrevious: true })
  const model = read.data
  return (
    <Drawer
      label={t('models:drawer.label', { name: model?.names[0] ?? key.slice(0, 12) })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      {...(onStep === undefined ? {} : { onStep })}
      heading={model === undefined ? <h2>{key.slice(0, 40)}</h2> : <Heading model={model} link={key} />}
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {model === undefined && read.failure === null && read.error === null ? <LoadingPanel /> : null}
      {model === undefined ? null : (
        <>
          <ModelSummary model={model} />
          <ModelRegister key={`${key} ${ask}`} model={model} ask={ask} onAsk={onAsk} onJudged={onJudged} />
          <ModelHolders model={model} />
          <ModelTags model={model} />
          <ModelDrift model={model} />
          <ModelClaims model={model} />
        </>
      )}
    </Drawer>
  )
}

function Heading({ model, link }: { model: HeldModelDetail; link: string }) {
  const { t } = useWords()
  return (
    <>
      <h2>
        {model.names[0]}
        <span className={css['link']}>
          <CopyButton text={linkTo({ ...models, model: link })} label={t('instance.copyLink')} shape="link" />
        </span>
      </h2>
      <div className={css['head']}>
        <RegisterMark state={model.register} />
        {model.digest === null ? (
          <span className={css['muted']}>{t('models:drawer.noDigest')}</span>
        ) : (
          <Copyable
            text={model.digest}
            shown={model.digest.slice(0, 12)}
            label={t('models.copyDigest', { name: model.names[0] ?? '' })}
          />
        )}
      </div>
    </>
  )
}
