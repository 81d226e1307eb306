import type { ListedModel, Observation } from '#shared/domain/observation.ts'
import { ollamaAt, pulled, recorded } from './recorded.ts'

/** A machine of an organisation whose truth is known. */
export interface Machine {
  readonly id: number
  version: string
  models: ListedModel[]
  /** null: switched off. */
  address: string | null
}

/** The same numbers for the same seed. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** An instant a clock gives, within a day of the given one. */
export function instantNear(random: (below: number) => number, at: number): string {
  const instant = new Date(at - random(86_400_000)).toISOString()
  return instant.replace(/\.(\d{3})Z$/, (_, ms) => `.${ms}${String(random(1_000_000)).padStart(6, '0')}Z`)
}

const names = [
  'llama3:8b',
  'qwen3:8b',
  'gemma3:4b',
  'phi4:14b',
  'mistral:7b',
  'nomic-embed-text:latest',
  'gpt-oss:20b',
]

/** A machine that pulled some well-known models at instants of its own. */
export function machine(
  id: number,
  random: (below: number) => number,
  at: number,
  count = 2 + random(4),
): Machine {
  const chosen = [...names].sort(() => random(3) - 1).slice(0, count)
  return {
    id,
    version: `0.${10 + random(20)}.${random(9)}`,
    models: chosen.map(name => pulled(name, instantNear(random, at))),
    address: null,
  }
}

export function seenOf(machines: readonly Machine[]): Observation[] {
  return machines.flatMap(({ address, version, models }) =>
    address === null ? [] : [ollamaAt(address, { version, models: [...models] })],
  )
}

/**
 * An organisation on a network that hands out addresses: machines come back at others, take each other's, are switched off,
 * upgraded, get new models; a golden image, a shared folder, two that swap, and strangers at addresses that were somebody's.
 */
export function organisation(seed: number) {
  const world = recorded('10.0.0.0/23')
  const random = chance(seed)
  let id = 0
  const make = (count?: number) => machine(id++, random, world.now, count)
  const machines = Array.from({ length: 100 }, () => make())
  const image = make(3)
  const clones = Array.from({ length: 4 }, () => ({ ...make(0), models: [...image.models] }))
  const folder = make(3)
  const sharing = Array.from({ length: 2 }, () => ({ ...make(0), models: folder.models }))
  const all: Machine[] = [...machines, ...clones, ...sharing]
  const isFree = (address: string) => all.every(each => each.address !== address)
  const anywhere = () => {
    for (;;) {
      const address = `10.0.${random(2)}.${1 + random(254)}`
      if (isFree(address)) return address
    }
  }
  for (const each of all) each.address = anywhere()
  return { world, random, make, all, machines, clones, sharing, anywhere }
}

export type Organisation = ReturnType<typeof organisation>

/** A day: who moves, sleeps, changes. */
export function live(lab: Organisation, day: number): void {
  move(lab)
  for (const each of lab.machines) maintain(lab, each, day)
  if (day % 4 !== 0) return
  const stranger = lab.make()
  stranger.address = lab.anywhere()
  lab.machines.push(stranger)
  lab.all.push(stranger)
}

/** A quarter gives its address up; who is not off gets one: anywhere, or one that somebody had until today. */
function move({ random, all, machines, anywhere }: Organisation): void {
  const leaving = machines.filter(each => each.address !== null && random(100) < 25)
  const freed = leaving.map(each => each.address ?? '')
  for (const each of leaving) each.address = null
  for (const each of machines) {
    if (each.address !== null || random(100) < 30) continue
    const left = freed.filter(address => all.every(other => other.address !== address))
    each.address = random(2) === 0 ? (left[random(left.length)] ?? anywhere()) : anywhere()
  }
}

/** Now and then an upgrade, a model pulled again, another model. */
function maintain({ world, random }: Organisation, each: Machine, day: number): void {
  if (random(100) < 10) each.version = `0.${10 + random(20)}.${random(9)}`
  const now = instantNear(random, world.now)
  const [again, more] = [random(100) < 10, random(100) < 5]
  const at = random(each.models.length)
  if (again)
    each.models = each.models.map((model, index) => (index === at ? { ...model, modifiedAt: now } : model))
  if (more) each.models = [...each.models, pulled(`${names[random(names.length)]}-${day}`, now)]
}
