import { describe, expect, it } from 'vitest'
import { inventoryList } from '#main/services/inventory.ts'
import { openProposals } from '#main/store/identity.ts'
import { live, type Machine, type Organisation, organisation, seenOf } from '../support/fleet.ts'
import type { Recorded } from '../support/recorded.ts'

/** What is told of machines that answer, held against the truth. */
interface Told {
  right: number
  /** A question is open about it. */
  proposed: number
  /** Everything on it was pulled anew since it was last seen: nobody can know it again. */
  unknowable: number
  /** A second instance where there was one, and no question. */
  wrong: number
  /** Taken for another machine: the guess nobody may make. */
  mixed: number
}

interface Memory {
  /** Which instance a machine is, by its id. */
  readonly instanceOf: Map<number, number>
  readonly shown: Map<number, ReadonlySet<string>>
}

function judge(world: Recorded, all: readonly Machine[], memory: Memory): Told {
  const rows = inventoryList(world.reading, false).filter(({ presence }) => presence === 'present')
  const instanceAt = new Map(rows.map(({ address, id }) => [address, id as number]))
  const questions = openProposals(world.store, {}).flatMap(({ members }) => JSON.parse(members) as number[])
  const told: Told = { right: 0, proposed: 0, unknowable: 0, wrong: 0, mixed: 0 }
  for (const each of all) {
    if (each.address === null) continue
    const instance = instanceAt.get(each.address) ?? 0
    told[verdict(memory, each, instance, questions)]++
    memory.shown.set(each.id, marksOf(each))
  }
  return told
}

function marksOf({ models }: Machine): ReadonlySet<string> {
  return new Set(models.map(({ digest, modifiedAt }) => `${digest} ${modifiedAt}`))
}

function verdict(
  { instanceOf, shown }: Memory,
  machine: Machine,
  instance: number,
  questions: number[],
): keyof Told {
  if (questions.includes(instance)) return 'proposed'
  const expected = instanceOf.get(machine.id)
  if (expected === instance) return 'right'
  const isNobodyElse = ![...instanceOf.values()].includes(instance)
  const before = shown.get(machine.id)
  const isUnknowable = before !== undefined && ![...marksOf(machine)].some(mark => before.has(mark))
  if (!isNobodyElse) return 'mixed'
  if (expected !== undefined && !isUnknowable) return 'wrong'
  instanceOf.set(machine.id, instance)
  return isUnknowable ? 'unknowable' : 'right'
}

/** Twenty days and their scans; on the seventh two machines change addresses. */
function liveThrough(lab: Organisation): Told {
  const { world, all, machines } = lab
  const memory: Memory = { instanceOf: new Map(), shown: new Map() }
  const sum: Told = { right: 0, proposed: 0, unknowable: 0, wrong: 0, mixed: 0 }
  world.scan({ seen: seenOf(all) })
  judge(world, all, memory)
  for (let day = 1; day <= 20; day++) {
    live(lab, day)
    const [one, other] = machines.filter(({ address }) => address !== null)
    if (day === 7 && one && other) [one.address, other.address] = [other.address, one.address]
    world.scan({ seen: seenOf(all), absent: day % 2 === 0 ? 'refused' : 'silent' })
    const told = judge(world, all, memory)
    for (const key of Object.keys(sum) as (keyof Told)[]) sum[key] += told[key]
  }
  return sum
}

describe('who is who over twenty rescans', () => {
  it.each([1, 2, 3])(
    'what is said is right, what cannot be known is asked (%s)',
    seed => {
      const lab = organisation(seed)
      const told = liveThrough(lab)
      expect(told.wrong / (told.right + told.wrong)).toBeLessThanOrEqual(0.01)
      expect(told.mixed).toBe(0)
      expect(told.unknowable).toBeLessThan(20)
      // Asking about everything would be right, too: most must be known.
      expect(told.right / (told.right + told.proposed + told.wrong)).toBeGreaterThan(0.85)
      const groups = openProposals(lab.world.store, {}).filter(({ kind }) => kind === 'clones')
      const sizes = groups.map(({ members }) => (JSON.parse(members) as number[]).length)
      expect(sizes).toEqual(expect.arrayContaining([lab.sharing.length, lab.clones.length]))
    },
    60_000,
  )
})
