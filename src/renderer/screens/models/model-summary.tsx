import type { HeldModelDetail } from '#shared/domain/held-model.ts'
import type { ModelLicence } from '#shared/domain/licence.ts'
import { capabilityWord } from '../../components/capability-word.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { LicenceWords } from '../../components/licence-words.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import type { Language } from '../../format/language.ts'
import { formatBytes, formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import css from './models.module.css'

/** What matters of a model, in sentences: how far it is spread, what it can do, where prompts go, what changed. */
export function sentencesOf(model: HeldModelDetail, t: Words, language: Language): string[] {
  const { instances, present, sites, capabilities, remoteHost, names, drift } = model
  const n = (count: number) => formatNumber(count, language)
  const at = t('models:sentence.sites', { count: sites, n: n(sites) })
  const tools = capabilities === null ? 'toolsUnknown' : capabilities.includes('tools') ? 'tools' : 'noTools'
  return [
    t('models:sentence.held', { count: instances, n: n(instances), at }),
    present === instances ? '' : t('models:sentence.present', { count: present, n: n(present) }),
    t(`models:sentence.${tools}`),
    remoteHost === null ? '' : t('models:sentence.remote', { host: remoteHost }),
    names.length < 2 ? '' : t('models:sentence.names', { count: names.length }),
    drift.to === 0 ? '' : t('models:sentence.driftTo', { count: drift.to }),
    drift.from === 0 ? '' : t('models:sentence.driftFrom', { count: drift.from }),
  ].filter(sentence => sentence !== '')
}

/** Which licence, what it says of commercial use, and how to know its text again. */
function Licence({ licence }: { licence: ModelLicence }) {
  const { t } = useWords()
  const language = useLanguage()
  const { state, licences, sha256, length } = licence
  const isAlone = state === 'recognised' && licences.length === 1
  return (
    <>
      <LicenceWords licence={licence} />
      {licences.map(({ id, title, use }) => (
        <div key={id} className={css['licence']}>
          {isAlone ? null : `${title}: `}
          {/* The mark above says it of the only one. */}
          {isAlone && use === 'non-commercial' ? null : `${t(`terms:licence.use.${use}`)} `}
          <Mono muted>{id}</Mono>
        </div>
      ))}
      {sha256 === null || length === null ? null : (
        <div className={css['licence']} title={`${sha256}\n${t('models:drawer.licenceKept')}`}>
          {t('models:drawer.licenceText', { n: formatNumber(length, language), hash: sha256.slice(0, 12) })}
        </div>
      )}
    </>
  )
}

export function ModelSummary({ model }: { model: HeldModelDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  const { capabilities, family, parameterSize, quantization, sizeBytes, sources, firstSeenAt } = model
  const fact = (name: 'family' | 'parameters' | 'quantization', value: string | null) => (
    <Fact name={t(`models:screen.column.${name}`)}>{value ?? <Unknown />}</Fact>
  )
  return (
    <section className={css['summary']} aria-label={t('models:drawer.summary')}>
      <p className={css['sentences']}>{sentencesOf(model, t, language).join(' ')}</p>
      <Facts>
        {fact('family', family)}
        {fact('parameters', parameterSize)}
        {fact('quantization', quantization)}
        <Fact name={t('models:screen.column.size')}>
          {sizeBytes === null ? <Unknown /> : formatBytes(sizeBytes, language)}
        </Fact>
        <Fact name={t('models:screen.column.capabilities')}>
          {capabilities === null ? (
            <Unknown />
          ) : (
            capabilities.map(name => capabilityWord(name, t)).join(', ') || t('terms:none')
          )}
        </Fact>
        <Fact name={t('models:screen.column.licence')}>
          <Licence licence={model.licence} />
        </Fact>
        <Fact name={t('models:screen.column.source')}>
          {sources.length === 0 ? t('models:screen.noSource') : sources.join(', ')}
        </Fact>
        <Fact name={t('models:screen.column.firstSeenAt')}>
          {firstSeenAt === null ? <Unknown /> : <TimeAgo at={firstSeenAt} />}
        </Fact>
        <Fact name={t('models:screen.column.lastSeenAt')}>
          <TimeAgo at={model.lastSeenAt} />
        </Fact>
      </Facts>
    </section>
  )
}
