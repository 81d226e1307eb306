import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createEvaluation } from '#main/services/evaluation.ts'
import { createLook, type Found } from '#main/services/judge-job.ts'
import { loadPacks } from '#main/services/policies.ts'
import { openMemory } from '#main/store/open.ts'
import type { WritableStore } from '#main/store/statement.ts'
import { createChance } from '../bench/study-chance.ts'
import { imagineHosts } from '../bench/study-hosts.ts'
import { ingestStudy, startOfScan } from '../bench/study-ingest.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'

const resources = join(import.meta.dirname, '..', '..', 'resources')
const day = 86_400_000
const scans = 60
const end = startOfScan(scans)

const snapshot =
  'SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM snapshots WHERE model_count > 1)'

/** Hosts of which many show the very same, and differ in who was asked, whose models were exchanged, who owns them. */
async function imaginedStore(): Promise<WritableStore> {
  const store = openMemory()
  await ingestStudy(store, '', imagineHosts(500, createChance(3)), scans)
  const { connection } = store
  connection.exec(`
    UPDATE spell_records SET snapshot_id = (${snapshot} WHERE place = spell_records.id % 9 + 1)
      WHERE snapshot_id IS NOT NULL;
    INSERT INTO sites (name, created_at) VALUES ('Elsewhere', 0);
    UPDATE endpoints SET site_id = (SELECT max(id) FROM sites) WHERE id % 2 = 0;
    UPDATE instances SET site_id = (SELECT site_id FROM endpoints JOIN instance_endpoints AS link
      ON link.endpoint_id = endpoints.id WHERE link.instance_id = instances.id AND unlinked_at IS NULL);
    INSERT OR REPLACE INTO capability_claims
      SELECT endpoints.site_id, artifacts.digest, generation, endpoints.id,
        CASE endpoints.id % 3 WHEN 0 THEN '["completion"]' ELSE '["completion","tools"]' END, 'declared',
        CASE endpoints.id % 2 WHEN 0 THEN NULL ELSE json_object('length', 5, 'sha256', 's' || endpoints.id % 3, 'template',
          CASE endpoints.id % 5 WHEN 0 THEN 'uncensored' END) END,
        0, (SELECT max(id) FROM scans), CASE endpoints.id % 2 WHEN 0 THEN (SELECT max(licence) FROM capability_claims) END
      FROM endpoints, artifacts, (SELECT DISTINCT generation FROM capability_claims)
      WHERE endpoints.id % 7 = 0 AND artifacts.id % 2 = 0 AND artifacts.digest IS NOT NULL
      GROUP BY 1, 2, 3, 4;
    INSERT OR IGNORE INTO approved_models SELECT digest, '', 0, 'test' FROM artifacts WHERE id % 4 = 0 AND digest IS NOT NULL;
    INSERT INTO tag_changes (endpoint_id, name, from_digest, to_digest, at, scan_id)
      SELECT endpoints.id, artifacts.name, approved_models.digest, 'x', 0, 1 FROM endpoints, artifacts, approved_models
      WHERE endpoints.id % 11 = 0 AND artifacts.id % 5 = 0 GROUP BY endpoints.id, artifacts.name;
    INSERT INTO owners (kind, name, created_at) VALUES ('team', 'Ada', 0), ('team', 'Grace', 0);
    INSERT INTO ownerships SELECT id, 'technical', 'acknowledged', 1, '{"kind":"stated"}', '', NULL, 0 FROM instances WHERE id % 6 = 0;
    INSERT INTO ownerships SELECT id, 'risk', 'assigned', 2, '{"kind":"stated"}', '', NULL, 0 FROM instances WHERE id % 4 = 0;
  `)
  const base = {
    store,
    now: () => end,
    randomBytes: (size: number) => randomBytes(size),
    about: { actor: 'test' },
  }
  loadPacks(base, [readFileSync(join(resources, 'policies', 'baseline.json'), 'utf8')])
  return store
}

const idsOf = ({ connection }: WritableStore) =>
  connection.prepare('SELECT id FROM instances ORDER BY id').pluck().all() as number[]

const lookAt = (store: WritableStore, ids: readonly number[], now: number) =>
  createLook(store, shippedAdvisories)({ work: 'judge', ids, now, isFirst: true })

/** What was found about each instance, with what is opened in words. */
const inWords = ({ judged, kinds }: Found) =>
  judged.map(each => ({
    ...each,
    opened: each.opened && { ...each.opened, kinds: each.opened.kinds.map(kind => kinds[kind]) },
  }))

function expectAlike(store: WritableStore, now: number): Found {
  const ids = idsOf(store)
  const together = lookAt(store, ids, now)
  expect(inWords(together)).toEqual(ids.flatMap(id => inWords(lookAt(store, [id], now))))
  const backwards = inWords(lookAt(store, ids.toReversed(), now))
  expect(backwards.toReversed()).toEqual(inWords(together))
  return together
}

/** Returns how many instances were looked at. */
async function evaluate(store: WritableStore, now: number, which: 'due' | 'all'): Promise<number> {
  const errors: unknown[] = []
  const log = { info: () => {}, error: (details: object) => void errors.push(details) }
  const parts = { store, now: () => now, emit: () => {}, log, advisories: shippedAdvisories, thread: null }
  const evaluation = createEvaluation(parts)
  await (which === 'all' ? evaluation.runAll() : evaluation.run())
  await evaluation.close()
  expect(errors).toEqual([])
  const looked = store.connection.prepare('SELECT count(*) FROM instance_verdicts WHERE evaluated_at = ?')
  return Number(looked.pluck().get(now))
}

describe('what is found about an instance', () => {
  it('is the same whether it is looked at alone, with others, or after them', async () => {
    const store = await imaginedStore()
    const first = expectAlike(store, end)
    // The question is only worth asking where instances share much and still differ.
    expect(first.judged.filter(({ opened }) => opened !== null).length).toBeGreaterThan(100)
    expect(first.kinds.length).toBeGreaterThan(50)
    const sets = new Set(inWords(first).map(({ opened }) => JSON.stringify(opened?.kinds)))
    expect(sets.size).toBeGreaterThan(40)

    await evaluate(store, end, 'all')
    expect(
      lookAt(store, idsOf(store), end).judged.flatMap(({ findings, opened }) =>
        [...findings, opened ?? []].flat(),
      ),
    ).toEqual([])

    // With findings there, and a world that has changed.
    store.connection.exec(`
      DELETE FROM approved_models WHERE length(digest) > 0 AND substr(digest, 1, 1) < '8';
      UPDATE instances SET access = 'auth-required' WHERE id % 3 = 0;
      UPDATE spell_records SET snapshot_id = (${snapshot} WHERE place = (spell_records.id + 1) % 9 + 1)
        WHERE snapshot_id IS NOT NULL AND id % 2 = 0;
      UPDATE findings SET status = 'awaiting-verification' WHERE id % 10 = 0;
      UPDATE findings SET status = 'retired' WHERE id % 17 = 0;
    `)
    const second = expectAlike(store, end + 9 * day)
    expect(second.judged.filter(({ findings }) => findings.length > 0).length).toBeGreaterThan(50)
  }, 120_000)

  it('is the same day after day, whether all are looked at or those of which time may change something', async () => {
    const store = await imaginedStore()
    const daily = openMemory()
    daily.connection.close()
    Object.assign(daily, { connection: new Database(store.connection.serialize()) })
    let looks = 0
    for (let days = 0; days <= 60; days += 3) {
      const now = end + days * day
      looks += await evaluate(store, now, 'due')
      await evaluate(daily, now, 'all')
      expect(findingsIn(store), `day ${days}`).toEqual(findingsIn(daily))
    }
    const rules = store.connection.prepare(
      "SELECT count(DISTINCT rule) FROM findings WHERE rule IN ('unowned', 'new-unacknowledged', 'persistent-unmanaged')",
    )
    expect(rules.pluck().get()).toBe(3)
    // 21 looks at each would be everything.
    expect(looks).toBeLessThan(idsOf(store).length * 9)
  }, 120_000)
})

const findingsIn = ({ connection }: WritableStore) =>
  connection
    .prepare(
      `SELECT instance_id, rule, part, label, severity, verdict, status, reason, opened_at, status_at, due_at, content, observations
       FROM findings JOIN finding_facts ON finding_facts.id = facts_id ORDER BY instance_id, rule, part`,
    )
    .raw()
    .all()
