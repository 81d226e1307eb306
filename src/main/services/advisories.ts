import { mostAdvisoryBytes } from '#shared/domain/advisory.ts'
import type { AdvisoriesInForce, AdvisoryStatus } from '#shared/domain/advisory-match.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { keepSetting } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'
import {
  type AdvisoryShelf,
  type Edition,
  keepEdition,
  type Replacement,
  readEdition,
  settingName,
} from './advisory-shelf.ts'
import type { Reading, Transaction } from './context.ts'
import type { PlainCommand } from './workspace.ts'

/** The advisories that versions are held against, and where they come from. */
export function showAdvisories({ store, advisories }: Reading): AdvisoriesInForce {
  return { ...statusOf(store, advisories), advisories: advisories.inForce(store).edition.data.advisories }
}

function statusOf(store: ReadableStore, shelf: AdvisoryShelf): AdvisoryStatus {
  const { edition, replacement } = shelf.inForce(store)
  return {
    edition: edition.about,
    readUntil: edition.data.readUntil,
    count: edition.data.advisories.length,
    origin: replacement === null ? 'shipped' : 'replaced',
    replacedAt: replacement === null ? null : isoInstant(replacement.at),
    replacedBy: replacement?.by ?? null,
    shipped: shelf.shipped().about,
  }
}

interface Replace {
  readonly file: string
  readonly older: boolean
}

interface Gathered {
  readonly edition: Result<Edition>
  readonly shelf: AdvisoryShelf
}

/** Puts another edition in force, from a file: nothing is fetched from anywhere. */
export const replaceAdvisories: PlainCommand<Replace, AdvisoryStatus, Gathered> = {
  gather: async ({ readText, advisories }, { file }) => {
    const content = await readText(file, mostAdvisoryBytes)
    const edition =
      'text' in content
        ? readEdition(content.text, file)
        : fail('advisories-unreadable', { file, reason: content.problem })
    return { edition, shelf: advisories }
  },
  run: (transaction, { older }, { edition, shelf }) => {
    if (!edition.ok) return edition
    const current = shelf.inForce(transaction.store).edition.data
    const { dataVersion: given, date } = edition.value.data
    if (given < current.dataVersion && !older) {
      return fail('advisories-older', {
        given,
        date,
        current: current.dataVersion,
        currentDate: current.date,
      })
    }
    const { digest } = edition.value.about
    const pinned = given < shelf.shipped().data.dataVersion
    keepEdition(transaction.store, edition.value, transaction.now)
    return decide(transaction, shelf, { digest, pinned, at: transaction.now, by: transaction.actor })
  },
}

/** Back to the edition that came with this Paddock. */
export const resetAdvisories: PlainCommand<object, AdvisoryStatus, AdvisoryShelf> = {
  gather: async ({ advisories }) => advisories,
  run: (transaction, _, shelf) => decide(transaction, shelf, null),
}

function decide(
  { store, now, actor }: Transaction,
  shelf: AdvisoryShelf,
  replacement: Replacement | null,
): Result<AdvisoryStatus> {
  keepSetting(store, {
    name: settingName,
    value: replacement === null ? '' : JSON.stringify(replacement),
  })
  const status = statusOf(store, shelf)
  addDecision(store, {
    at: now,
    actor,
    kind: replacement === null ? 'advisories.reset' : 'advisories.replaced',
    subject: 'advisories',
    body: JSON.stringify(status),
  })
  return succeed(status)
}
