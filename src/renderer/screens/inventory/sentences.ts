import { formatAddressPort } from '#shared/domain/address.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import type { Words } from '../../i18n/use-words.ts'

export interface Sentence {
  readonly id: string
  /** `attention`: opens something. `ok`: closes something. `unknown`: could not be found out. */
  readonly tone: 'attention' | 'ok' | 'neutral' | 'unknown'
  readonly text: string
}

type Part = (instance: InstanceDetail, t: Words) => readonly Sentence[]

/**
 * What is known of an instance, in plain sentences built from facts. They say what was seen and from where, and never more
 * than that: a declared capability is not a deed, and an open door is not a break-in.
 */
export function sentencesAbout(instance: InstanceDetail, t: Words): readonly Sentence[] {
  const parts: readonly Part[] =
    instance.suspected === 'honeypot'
      ? [identity, presence, imitation]
      : [identity, presence, access, advisories, toolCalling, remoteModels, cors, cloud, running, endpoints]
  return parts.flatMap(part => part(instance, t))
}

function identity({ product, suspected, version, confidence }: InstanceDetail, t: Words): Sentence[] {
  if (suspected === 'honeypot') {
    const claimed = version === null ? t('terms:product.ollama') : `${t('terms:product.ollama')} ${version}`
    return [{ id: 'identity', tone: 'neutral', text: t('sentence.imitation', { name: claimed }) }]
  }
  if (suspected === 'ollama') return [{ id: 'identity', tone: 'unknown', text: t('sentence.suspected') }]
  if (product === 'unknown') return [{ id: 'identity', tone: 'unknown', text: t('sentence.unrecognised') }]
  const name = t(`terms:product.${product}`)
  const text =
    version === null
      ? t('sentence.productOnly', { name, confidence })
      : t('sentence.product', { name, version, confidence })
  return [{ id: 'identity', tone: 'neutral', text }]
}

function imitation(_: InstanceDetail, t: Words): Sentence[] {
  return [{ id: 'imitation', tone: 'attention', text: t('sentence.imitationMeaning') }]
}

function presence({ presence: now }: InstanceDetail, t: Words): Sentence[] {
  if (now === 'present') return []
  return [
    { id: 'presence', tone: 'neutral', text: t(`sentence.presence.${now}`) },
    { id: 'then', tone: 'neutral', text: t('sentence.then') },
  ]
}

function access({ access: most, endpoints: all }: InstanceDetail, t: Words): Sentence[] {
  const open = all.filter(endpoint => endpoint.access === most)
  const from = [...new Set(open.flatMap(({ seenFrom }) => (seenFrom === '' ? [] : [seenFrom])))].join(', ')
  const place = from === '' ? t('sentence.fromSomewhere') : from
  const tones = { open: 'attention', 'auth-required': 'ok', forbidden: 'ok', unknown: 'unknown' } as const
  return [{ id: 'access', tone: tones[most], text: t(`sentence.access.${most}`, { from: place }) }]
}

function toolCalling({ models }: InstanceDetail, t: Words): Sentence[] {
  if (models === null) return [{ id: 'models', tone: 'unknown', text: t('sentence.modelsUnknown') }]
  if (models.length === 0) return [{ id: 'models', tone: 'neutral', text: t('sentence.noModels') }]
  const capable = models.filter(({ capabilities }) => capabilities?.includes('tools')).length
  const unknown = models.filter(({ capabilities }) => capabilities === null).length
  const count = models.length
  const said: Sentence[] = []
  if (capable > 0)
    said.push({
      id: 'tools',
      tone: 'attention',
      text: count === 1 ? t('sentence.onlyTools') : t('sentence.tools', { count: capable, total: count }),
    })
  else if (unknown < count)
    said.push({ id: 'tools', tone: 'neutral', text: t('sentence.noTools', { count: count - unknown }) })
  if (unknown > 0)
    said.push({ id: 'toolsUnknown', tone: 'unknown', text: t('sentence.toolsUnknown', { count: unknown }) })
  return said
}

function advisories({ advisories: matches, advisoryBasis: basis }: InstanceDetail, t: Words): Sentence[] {
  if (basis?.trust === 'contradicted')
    return [{ id: 'advisories', tone: 'unknown', text: t('sentence.versionContradicted') }]
  const count = (matches ?? []).filter(({ state }) => state === 'affected').length
  if (count === 0) return []
  const version = basis?.version ?? ''
  return [{ id: 'advisories', tone: 'attention', text: t('sentence.advisories', { version, count }) }]
}

function remoteModels({ models }: InstanceDetail, t: Words): Sentence[] {
  const hosts = (models ?? []).flatMap(({ remoteHost }) => (remoteHost === null ? [] : [remoteHost]))
  if (hosts.length === 0) return []
  const text = t('sentence.remote', { count: hosts.length, hosts: [...new Set(hosts)].join(', ') })
  return [{ id: 'remote', tone: 'attention', text }]
}

function cors({ cors: who }: InstanceDetail, t: Words): Sentence[] {
  if (who === 'unknown') return []
  return [{ id: 'cors', tone: who === 'any' ? 'attention' : 'ok', text: t(`sentence.cors.${who}`) }]
}

function cloud({ cloudDisabled }: InstanceDetail, t: Words): Sentence[] {
  return cloudDisabled === true ? [{ id: 'cloud', tone: 'ok', text: t('sentence.cloudDisabled') }] : []
}

function running({ runningModels }: InstanceDetail, t: Words): Sentence[] {
  if (runningModels === null || runningModels.length === 0) return []
  const names = runningModels.map(model => model.name).join(', ')
  return [
    { id: 'running', tone: 'neutral', text: t('sentence.running', { count: runningModels.length, names }) },
  ]
}

function endpoints({ endpoints: all }: InstanceDetail, t: Words): Sentence[] {
  if (all.length < 2) return []
  const list = all.map(({ address, port }) => formatAddressPort(address, port)).join(', ')
  return [{ id: 'endpoints', tone: 'neutral', text: t('sentence.endpoints', { count: all.length, list }) }]
}

type Judged = Pick<
  InstanceDetail,
  'suspected' | 'access' | 'toolCalling' | 'product' | 'presence' | 'severity'
>

const isAbsent = ({ presence: now, severity }: Judged) =>
  (now === 'gone' || now === 'not-listening') && (severity === 'none' || severity === 'low')

/** What the severity rests on, in a word: for who asks why. */
export function reasonOf(about: Judged) {
  const { suspected, access: most, toolCalling: tools, product } = about
  if (suspected === 'honeypot') return 'imitation'
  if (isAbsent(about)) return 'absent'
  if (most === 'open') {
    if (tools === true) return 'openWithTools'
    return product === 'unknown' ? 'openUnknown' : 'open'
  }
  return most === 'unknown' ? 'accessUnknown' : 'guarded'
}
