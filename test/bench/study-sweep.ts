import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import type { Enquiry, EnquiryBatch } from '#main/scanner/enquire.ts'
import type { Layout } from '#main/scanner/layout.ts'
import { generationOf } from '#main/scanner/products/ollama-show.ts'
import { type BlockOutcomes, noOutcomes, type SweepBatch } from '#main/scanner/sweep-batch.ts'
import type { SweepRun } from '#main/scanner/sweeper.ts'
import { prepareObservation } from '#main/services/prepare-observation.ts'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { ModelLicence } from '#shared/domain/licence.ts'
import type { Claim, Observation } from '#shared/domain/observation.ts'
import type { StudyHost } from './study-hosts.ts'
import { observationOf } from './study-observation.ts'
import { plus, stopwatch, type TimeTaken } from './taken.ts'

/** What most models of the study are under. */
const licence: ModelLicence = {
  state: 'recognised',
  licences: [{ id: 'Apache-2.0', title: 'Apache License 2.0', use: 'commercial' }],
  sha256: 'c5accbbd8546e94c34aed24afe689a617627d18eed5a6c48277e48db57c23851',
  length: 11_356,
}

/** Networks told in one batch: what a sweep that is as fast as the recorder sees in the fifth of a second it waits. */
const networksPerBatch = 1024

/** What a scan told, and how long whoever takes its batches took to record them. */
export interface Told {
  recorded: TimeTaken
  observations: number
  absences: number
  claims: number
  /** The generator's own work, which is nobody's to count; of it … */
  generated: TimeTaken
  /** … what the threads do that sweep, beside the one that records. */
  prepared: TimeTaken
}

export interface StudySweep {
  readonly hosts: readonly StudyHost[]
  readonly scan: number
  readonly scans: number
  readonly startedAt: number
  readonly layout: Layout
  readonly watched: ReadonlySet<string>
  readonly told: Told
}

/** A sweep that sees what the study's hosts show in one scan, told as the network part of a scan tells it. */
export function studySweep(sweep: StudySweep): SweepRun {
  return {
    sharesAtWork: () => 1,
    sweep: () => batches(sweep),
    enquire: enquiries => answers(sweep, enquiries),
    traces: () => [],
    pause: () => {},
    stop: () => {},
    close: async () => {},
  }
}

/** What one thread hands to another is written by the one and read by the other: so it is here. */
const threads = new MessageChannel()
// It keeps no process alive.
threads.port1.unref()
threads.port2.unref()

async function* batches(sweep: StudySweep): AsyncGenerator<SweepBatch, void, void> {
  const { layout, told } = sweep
  let host = 0
  for (let network = 0; network < layout.networkCount; network += networksPerBatch) {
    const generating = stopwatch()
    const networks = Math.min(layout.networkCount, network + networksPerBatch)
    const from = host
    while (host < sweep.hosts.length && networkOf(sweep.hosts[host]) < networks) host++
    const batch = batchOf(sweep, network, networks, sweep.hosts.slice(from, host))
    const preparing = stopwatch()
    threads.port1.postMessage({ ...batch, observations: batch.observations.map(prepareObservation) })
    told.prepared = plus(told.prepared, preparing())
    told.generated = plus(told.generated, generating())
    told.observations += batch.observations.length
    told.absences += batch.absences.length
    const recording = stopwatch()
    yield receiveMessageOnPort(threads.port2)?.message as SweepBatch
    told.recorded = plus(told.recorded, recording())
  }
}

/** 10.<site>.<third>.0/24: sites lie side by side. */
function networkOf(host: StudyHost | undefined): number {
  const [, site = '0', third = '0'] = (host?.address ?? '').split('.')
  return Number(site) * 256 + Number(third)
}

function batchOf(
  sweep: StudySweep,
  first: number,
  below: number,
  hosts: readonly StudyHost[],
): Omit<SweepBatch, 'observations'> & { readonly observations: readonly Observation[] } {
  const observations: Observation[] = []
  const absences: SweepBatch['absences'][number][] = []
  const answered = new Uint16Array(below - first)
  const refused = new Uint16Array(below - first)
  for (const host of hosts) {
    const network = networkOf(host) - first
    const target = { address: host.address, port: 11434 }
    if (isOn(host, sweep.scan)) {
      const at = sweep.startedAt + 1000 + host.index
      observations.push(observationOf(host, sweep.scan, sweep.scans, at))
      answered[network] = (answered[network] ?? 0) + 1
    } else if (sweep.watched.has(formatAddressPort(target.address, target.port))) {
      absences.push({ target, outcome: host.refuses ? 'refused' : 'silent' })
      if (host.refuses) refused[network] = (refused[network] ?? 0) + 1
    }
  }
  const done = Array.from({ length: below - first }, (_, index) => {
    const counts = { answered: answered[index] ?? 0, refused: refused[index] ?? 0 }
    const silent = 256 - counts.answered - counts.refused
    const outcomes: BlockOutcomes = [
      [Math.floor((first + index) / 256), { ...noOutcomes(), ...counts, silent }],
    ]
    return { network: first + index, outcomes }
  })
  const count = observations.length
  return {
    share: 0,
    visited: 256 * (below - first),
    answered: count,
    asleep: false,
    requests: { root: count, version: count, tags: count, ps: count, 'v1-models': count, status: count },
    observations,
    done,
    open: [],
    absences,
    tarpits: [],
  }
}

export function isOn({ turns }: StudyHost, scan: number): boolean {
  for (let turn = 0; turn < turns.length; turn += 2)
    if (scan >= (turns[turn] ?? 0) && scan < (turns[turn + 1] ?? 0)) return true
  return false
}

async function* answers(
  { hosts, startedAt, told }: StudySweep,
  enquiries: readonly Enquiry[],
): AsyncGenerator<EnquiryBatch, void, void> {
  const preparing = stopwatch()
  const asked = new Set(enquiries.map(({ place }) => place.target.address))
  const byAddress = new Map(hosts.flatMap(host => (asked.has(host.address) ? [[host.address, host]] : [])))
  told.generated = plus(told.generated, preparing())
  for (let at = 0; at < enquiries.length; at += 64) {
    const generating = stopwatch()
    const claims = enquiries.slice(at, at + 64).flatMap(({ place, version, models }) => {
      const held = byAddress.get(place.target.address)?.models ?? []
      return models.flatMap(({ digest }): Claim[] => {
        const model = held.find(each => each.listed.digest === digest)
        if (model === undefined) return []
        const { capabilities } = model
        const generation = generationOf(version)
        const about = { digest, generation, capabilities, method: 'declared' as const, system: null }
        return [{ ...about, licence, askedAt: startedAt, place }]
      })
    })
    told.claims += claims.length
    told.generated = plus(told.generated, generating())
    yield { claims, requests: { show: claims.length } }
  }
}
