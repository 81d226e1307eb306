import { accessOrder, type Cors, type Presence } from '#shared/domain/exposure.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { Product } from '#shared/domain/product.ts'
import { nothingKnown } from '#shared/domain/protection.ts'
import { zones } from '#shared/domain/range.ts'
import type { SeenEndpoint, SeenInstance } from './fill-inventory.ts'
import { seededRandom } from './random.ts'

/** Instants are counted back from here. */
export const imaginedNow = Date.UTC(2026, 10, 23, 12)
const day = 86_400_000

const families = [
  'llama',
  'qwen2',
  'qwen3',
  'gemma3',
  'mistral3',
  'phi3',
  'bert',
  'nomic-bert',
  'deepseek2',
  'gptoss',
]
const quantizations = ['Q4_K_M', 'Q4_0', 'Q8_0', 'F16', 'Q5_K_M', 'MXFP4', 'q4_k_m', 'unknown']
const capabilities = ['completion', 'tools', 'vision', 'embedding', 'thinking', 'insert']
const parameterSizes = ['8.0B', '7.6B', '137M', '70.6B', '1.5B', '3.2B', '8.2B', '8.19B', 'huge', '33.4M']
const remotes = ['https://ollama.com:443', 'https://models.example:8443']

/** As many instances as wanted, the same ones for the same seed, without any two at one place. */
export function* imaginedInventory(count: number, seed: number, siteCount = 40): Generator<SeenInstance> {
  const chance = createChance(seed)
  const models = Array.from({ length: Math.max(12, Math.min(3000, count)) }, (_, index) =>
    imagineModel(chance, index),
  )
  const sites = Array.from({ length: siteCount }, (_, index) => `Plant ${index + 1}`)
  const versions = Array.from({ length: 90 }, (_, index) => `0.${3 + Math.floor(index / 4)}.${index % 4}`)
  for (let index = 0; index < count; index++) {
    const site = chance.skewed(sites)
    yield {
      site,
      zone: chance.one(zones),
      firstSeenAt: imaginedNow - chance.below(400 * day),
      lastSeenAt: imaginedNow - chance.below(90 * day),
      endpoints: imagineEndpoints(chance, index, models, versions),
    }
  }
}

type Chance = ReturnType<typeof createChance>

function createChance(seed: number) {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const one = <T>(all: readonly T[]): T => all[below(all.length)] as T
  return {
    below,
    one,
    /** The first far more often than the last. */
    skewed: <T>(all: readonly T[]): T => all[Math.floor(random() ** 3 * all.length)] as T,
    is: (share: number) => random() < share,
  }
}

function imagineModel(chance: Chance, index: number): ListedModel {
  const family = chance.is(0.05) ? null : chance.skewed(families)
  const isRemote = chance.is(0.03)
  const size = chance.one(parameterSizes)
  return {
    name: chance.is(0.02) ? `none ${index}` : `${family ?? 'custom'}-${index}:${size.toLowerCase()}`,
    digest: chance.is(0.03) ? null : 'a1b2c3d4e5f60718'.repeat(3) + index.toString(16).padStart(16, '0'),
    modifiedAt: null,
    sizeBytes: isRemote ? null : chance.below(40_000) * 1_000_000,
    format: 'gguf',
    family,
    families: family === null ? [] : [family],
    parameterSize: chance.is(0.05) ? null : size,
    quantization: chance.is(0.05) ? null : chance.skewed(quantizations),
    remoteModel: isRemote ? 'big' : null,
    remoteHost: isRemote ? chance.one(remotes) : null,
    contextLength: null,
    capabilities: chance.is(0.2) ? null : capabilities.filter(() => chance.is(0.35)),
  }
}

function imagineEndpoints(
  chance: Chance,
  index: number,
  models: readonly ListedModel[],
  versions: readonly string[],
): SeenEndpoint[] {
  const product: Product = chance.is(0.9)
    ? 'ollama'
    : chance.one(['unknown', 'vllm', 'lm-studio', 'llama.cpp'] as const)
  const listed = chance.is(0.12)
    ? null
    : Array.from({ length: chance.below(7) }, () => ({
        ...chance.skewed(models),
        // Differs from host to host, as the time of a pull does.
        modifiedAt: new Date(imaginedNow - chance.below(9e9)).toISOString(),
      }))
  const access = chance.skewed(accessOrder)
  const facts = {
    product,
    suspected: chance.is(0.03) ? ('honeypot' as const) : product === 'unknown' ? ('ollama' as const) : null,
    version: imagineVersion(chance, versions),
    access: { api: access, v1: chance.is(0.9) ? access : chance.one(accessOrder) },
    cors: chance.skewed(['restricted', 'any', 'unknown'] as const) as Cors,
    cloudDisabled: null,
    bracket: null,
    front: null,
    certificate: null,
    protection: nothingKnown,
    models: listed,
  }
  const first: SeenEndpoint = {
    address: chance.is(0.03) ? `fd00::${index.toString(16).replace(/(.{4})(?=.)/g, '$1:')}` : ipv4(index),
    port: chance.is(0.9) ? 11434 : 8000 + chance.below(10),
    scheme: chance.is(0.1) ? 'https' : 'http',
    confidence: 70 + chance.below(31),
    presence: chance.skewed([
      'present',
      'gone',
      'not-listening',
      'unreachable',
      'not-covered',
    ] as const) as Presence,
    facts,
    running: chance.is(0.3) ? null : (listed ?? []).filter(() => chance.is(0.1)).map(runningModel),
    hostNames: chance.is(0.15) ? [`host-${index}.plant.example`] : [],
  }
  if (!chance.is(0.04)) return [first]
  const second = {
    ...first,
    port: 443,
    scheme: 'https' as const,
    address: chance.is(0.5)
      ? first.address
      : `172.${16 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
  }
  return [first, second]
}

function imagineVersion(chance: Chance, versions: readonly string[]): string | null {
  if (chance.is(0.1)) return null
  const version = chance.skewed(versions)
  return chance.is(0.02) ? `${version}-rc1` : chance.is(0.01) ? 'dirty' : version
}

function runningModel({ name, digest }: ListedModel) {
  return { name, digest, sizeBytes: null, vramBytes: null, expiresAt: null, contextLength: null }
}

/** Spread over 10.0.0.0/8 so that neighbours are not written one after the other. */
function ipv4(index: number): string {
  const number = (index * 7919) % 2 ** 24
  return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`
}
