import { createHash } from 'node:crypto'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { Chance } from './study-chance.ts'
import { publishedShares } from './study-published.ts'

/** What a host's models can do, all together. Embedding models come beside it. */
type Abilities = readonly string[]

export interface StudyModel {
  readonly listed: Omit<ListedModel, 'modifiedAt'>
  /** What `show` says of it. */
  readonly capabilities: readonly string[]
}

/** Of hosts, in per cent: what the study says of single capabilities, split so that each comes out as published. */
const abilities: readonly (readonly [number, Abilities])[] = [
  [38, ['completion', 'tools']],
  [6.3, ['completion', 'thinking', 'tools']],
  [2, ['completion', 'tools', 'vision']],
  [2, ['completion', 'thinking', 'tools', 'vision']],
  [12.7, ['completion', 'thinking']],
  [5, ['completion', 'thinking', 'vision']],
  [13, ['completion', 'vision']],
  [21, ['completion']],
]

/** How many models hosts hold: 41 % two or three, 1.46 % twenty or more. */
const modelCounts: readonly (readonly [number, readonly [number, number]])[] = [
  [26, [1, 1]],
  [22, [2, 2]],
  [19, [3, 3]],
  [8, [4, 4]],
  [6, [5, 5]],
  [4.5, [6, 6]],
  [3.5, [7, 7]],
  [6.5, [8, 12]],
  [3.04, [13, 19]],
  [1.46, [20, 40]],
]

const inBand = ['8.0B', '8.0B', '8.2B', '12.2B', '14.0B'] as const
const outsideBand = ['1.2B', '3.2B', '3.2B', '7.6B', '7.6B', '32.8B', '70.6B', '494.03M'] as const
const quantizations = {
  fourBit: ['Q4_0', 'Q4_0', 'Q4_1', 'MXFP4'],
  sixteenBit: ['F16', 'F16', 'BF16'],
  other: ['Q8_0', 'Q8_0', 'Q5_K_M', 'Q6_K'],
} as const

/** What every host of the study holds in the end. */
export function imagineModels(hosts: number, chance: Chance): (readonly StudyModel[])[] {
  const traits = drawTraits(hosts, chance)
  const catalogue = new Map<string, StudyModel>()
  return Array.from({ length: hosts }, (_, host) => modelsOf(host, traits, catalogue, chance))
}

interface Traits {
  readonly abilities: readonly Abilities[]
  readonly counts: readonly number[]
  readonly families: readonly (readonly string[])[]
  readonly kinds: readonly (readonly Kind[])[]
  readonly holdsQ4km: Uint8Array
  readonly holds8To14: Uint8Array
}
type Kind = keyof typeof quantizations

function drawTraits(hosts: number, chance: Chance): Traits {
  const able = chance.divide(hosts, abilities)
  const counts = chance
    .divide(hosts, modelCounts)
    .map(([least, most]) => least + chance.below(most - least + 1))
  const kinds = counts.map(count => Array.from({ length: count }, () => kindOf(chance)))
  const withFourBit = kinds.flatMap((each, host) => (each.includes('fourBit') ? [host] : []))
  const all = Array.from({ length: hosts }, (_, host) => host)
  return {
    abilities: able,
    counts,
    families: drawFamilies(counts, able, chance),
    kinds,
    holdsQ4km: chance.pick(withFourBit, (publishedShares.q4km / 100) * hosts, hosts),
    holds8To14: chance.pick(all, (publishedShares.from8To14 / 100) * hosts, hosts),
  }
}

function kindOf(chance: Chance): Kind {
  const { fourBit, sixteenBit } = publishedShares
  const drawn = chance.next() * 100
  return drawn < fourBit ? 'fourBit' : drawn < fourBit + sixteenBit ? 'sixteenBit' : 'other'
}

/** Whose first family carries everything the host can do; the others add nothing new. */
function drawFamilies(counts: readonly number[], able: readonly Abilities[], chance: Chance): string[][] {
  const hosts = counts.length
  const several = counts.flatMap((count, host) => (count > 1 ? [host] : []))
  const both = (publishedShares.llamaAndQwen2 / 100) * hosts
  const multi = both / (publishedShares.llamaAndQwen2OfMultiFamily / 100)
  const isMulti = chance.pick(several, multi, hosts)
  const isBoth = chance.pick(
    several.filter(host => isMulti[host] === 1),
    both,
    hosts,
  )
  return counts.map((count, host) => {
    const can = able[host] ?? []
    const first = firstFamily(can, chance)
    if (isMulti[host] === 0) return [first]
    const pair = chance.one([
      ['llama', 'qwen2'],
      ['qwen2', 'llama'],
    ] as const)
    const begun: string[] = isBoth[host] === 1 ? [...pair] : [first, otherFamily(first, can, chance)]
    for (let more = 2; more < Math.min(count, 5); more++)
      if (chance.next() < 0.45) begun.push(otherFamily(begun[0] ?? '', can, chance, isBoth[host] === 1))
    return begun
  })
}

function firstFamily(can: Abilities, chance: Chance): string {
  const [thinks, sees, calls] = ['thinking', 'vision', 'tools'].map(each => can.includes(each))
  if (thinks && calls) return chance.one(['qwen3', 'qwen3', 'qwen3', 'gptoss'])
  if (sees && calls) return chance.one(['mistral3', 'qwen3vl'])
  if (sees) return chance.one(['gemma3', 'llama'])
  if (thinks) return chance.one(['qwen2', 'qwen2', 'llama'])
  return chance.one(
    calls ? ['llama', 'llama', 'llama', 'qwen2', 'qwen2'] : ['llama', 'llama', 'gemma2', 'phi3', 'llama'],
  )
}

/** Never the other one of llama and qwen2: how many hold both is given. */
function otherFamily(first: string, can: Abilities, chance: Chance, isBoth = false): string {
  const isFirstOfPair = isBoth || first === 'llama' || first === 'qwen2'
  // An embedding model would add to what the host can do, where that is to be exactly completion and tools.
  const embeds =
    can.join() === 'completion,tools' ? [] : ['nomic-bert', 'nomic-bert', 'nomic-bert', 'nomic-bert', 'bert']
  const common = ['gemma2', 'gemma2', 'gemma2', 'qwen3', 'qwen3', ...(isFirstOfPair ? [] : ['llama'])]
  const found = chance.one([...common, 'phi3', ...embeds])
  return found === first ? 'gemma2' : found
}

const embedding = new Set(['nomic-bert', 'bert'])

function modelsOf(
  host: number,
  traits: Traits,
  catalogue: Map<string, StudyModel>,
  chance: Chance,
): StudyModel[] {
  const families = traits.families[host] ?? []
  const kinds = traits.kinds[host] ?? []
  const banded = traits.holds8To14[host] === 1 ? chance.below(kinds.length) : -1
  const isQ4km = q4kmAmong(kinds, traits.holdsQ4km[host] === 1, chance)
  return kinds.map((kind, position) => {
    const family = families[position] ?? chance.one(families)
    const size = position === banded ? chance.one(inBand) : chance.skewed(outsideBand)
    const quantization = isQ4km[position] ? 'Q4_K_M' : chance.skewed(quantizations[kind])
    const capabilities = abilitiesOf(position, family, traits.abilities[host] ?? [])
    const variant = chance.next() < 0.015 ? `own-${host}-${position}` : String(chance.below(3))
    return entry(catalogue, { family, size, quantization, capabilities, variant })
  })
}

/** Where Q4_K_M is on a host at all, its first 4-bit model is one, and most of the others are. */
function q4kmAmong(kinds: readonly Kind[], isHeld: boolean, chance: Chance): boolean[] {
  const first = kinds.indexOf('fourBit')
  return kinds.map(
    (kind, position) => isHeld && kind === 'fourBit' && (position === first || chance.next() < 0.7),
  )
}

/** The first model can do all that its host can. */
function abilitiesOf(position: number, family: string, all: Abilities): Abilities {
  if (position === 0) return all
  return embedding.has(family) ? ['embedding'] : ['completion']
}

interface Entry {
  readonly family: string
  readonly size: string
  readonly quantization: string
  readonly capabilities: readonly string[]
  readonly variant: string
}

function entry(catalogue: Map<string, StudyModel>, about: Entry): StudyModel {
  const { family, size, quantization, capabilities, variant } = about
  const abbreviated = capabilities.map(each => each.slice(0, 2)).join('')
  const name = `${family}-${abbreviated}${variant}:${size.toLowerCase()}-${quantization.toLowerCase()}`
  const known = catalogue.get(name)
  if (known !== undefined) return known
  const made: StudyModel = {
    capabilities,
    listed: {
      name,
      digest: createHash('sha256').update(name).digest('hex'),
      sizeBytes: Math.round(Number.parseFloat(size) * (size.endsWith('M') ? 0.6e6 : 0.6e9)),
      format: 'gguf',
      family,
      families: [family],
      parameterSize: size,
      quantization,
      remoteModel: null,
      remoteHost: null,
      contextLength: null,
      capabilities: null,
    },
  }
  catalogue.set(name, made)
  return made
}
