// As they lie in inventory_rows.facts (store/row-facts.ts): presence, risk, tools, access.
const presenceBits = 7 << 22
const toolsBits = presenceBits | (3 << 17)
const ownerBits = presenceBits | (7 << 19)
const siteBits = ownerBits | (3 << 17) | (3 << 12)

type Key = Readonly<Record<string, string>>

interface Counted {
  readonly table: string
  readonly of: string
  /** `R.`: of the row that is counted. */
  readonly key: Key
  /** Columns that change what a row counts as; where it lies never changes, it is taken out and put in. */
  readonly columns: string
}

const rowCounts: readonly Counted[] = [
  {
    table: 'counts_by_site',
    of: 'inventory_rows',
    key: { site_id: 'R.site_id', facts: `R.facts & ${siteBits}` },
    columns: 'facts',
  },
  {
    table: 'counts_by_owner',
    of: 'inventory_rows',
    key: { owner_id: 'ifnull(R.owner_id, 0)', facts: `R.facts & ${ownerBits}` },
    columns: 'facts, owner_id',
  },
  {
    table: 'counts_by_profile',
    of: 'inventory_rows',
    key: {
      site_id: 'R.site_id',
      profile_id: 'ifnull(R.profile_id, 0)',
      score: 'ifnull(R.score, -1)',
      facts: `R.facts & ${presenceBits}`,
    },
    columns: 'facts, profile_id, score',
  },
  {
    table: 'counts_by_time',
    of: 'inventory_rows',
    key: { quarter: 'R.first_seen_at / 900000' },
    columns: 'first_seen_at',
  },
  {
    table: 'counts_by_network',
    of: 'inventory_rows',
    key: {
      site_id: 'R.site_id',
      network: 'substr(R.address_key, 1, length(R.address_key) - 1)',
      facts: `R.facts & ${ownerBits}`,
      is_owned: '(R.owner_id IS NOT NULL)',
    },
    columns: 'facts, owner_id',
  },
  {
    table: 'counts_by_capability',
    of: 'inventory_rows',
    key: {
      capability_set: 'ifnull(R.capability_set, 0)',
      remote_set: 'ifnull(R.remote_set, 0)',
      facts: `R.facts & ${toolsBits}`,
    },
    columns: 'facts, capability_set, remote_set',
  },
]

const findingCounts: Counted = {
  table: 'counts_by_finding',
  of: 'findings',
  key: {
    site_id: '(SELECT site_id FROM instances WHERE id = R.instance_id)',
    severity: 'R.severity',
    status: 'R.status',
    due_at: 'ifnull(R.due_at, 0)',
  },
  columns: 'instance_id, severity, status, due_at',
}

const wasOrIs = { facts: `R.facts & ${ownerBits}`, is_owned: '(R.owner_id IS NOT NULL)' }

/** What keeps all counts as rows are written. A row that counts as before costs a comparison. */
export function countingTriggers(): string {
  return [
    triggers('rows', rowCounts, {
      added: logged('NEW', 'NULL, NULL', listed(wasOrIs, 'NEW')),
      removed: logged('OLD', listed(wasOrIs, 'OLD'), 'NULL, NULL'),
    }),
    updating({
      name: 'network_changed',
      of: 'inventory_rows',
      columns: 'facts, owner_id',
      key: wasOrIs,
      steps: logged('OLD', listed(wasOrIs, 'OLD'), listed(wasOrIs, 'NEW')),
    }),
    `
CREATE TRIGGER network_changes_trimmed AFTER INSERT ON network_changes WHEN NEW.id % 1024 = 0 BEGIN
  DELETE FROM network_changes WHERE id <= NEW.id - 32768;
END;`,
    triggers('findings', [findingCounts], { added: '', removed: '' }),
  ].join('')
}

function triggers(
  name: string,
  all: readonly Counted[],
  further: { readonly added: string; readonly removed: string },
): string {
  const of = all[0]?.of ?? ''
  return `
CREATE TRIGGER count_${name}_added AFTER INSERT ON ${of} BEGIN${all.map(more).join('')}${further.added}
END;
CREATE TRIGGER count_${name}_removed AFTER DELETE ON ${of} BEGIN${all.map(fewer).join('')}${further.removed}
END;${all
    .map(each => updating({ ...each, name: `${each.table}_changed`, steps: `${fewer(each)}${more(each)}` }))
    .join('')}`
}

function updating(on: {
  readonly name: string
  readonly of: string
  readonly columns: string
  readonly key: Key
  readonly steps: string
}): string {
  const differs = Object.values(on.key)
    .filter(value => mayChange(value, on.columns))
    .map(value => `${row(value, 'OLD')} IS NOT ${row(value, 'NEW')}`)
  return `
CREATE TRIGGER ${on.name} AFTER UPDATE OF ${on.columns} ON ${on.of} WHEN ${differs.join(' OR ')} BEGIN${on.steps}
END;`
}

function mayChange(value: string, columns: string): boolean {
  return columns.split(', ').some(column => value.includes(`R.${column}`))
}

function row(value: string, which: 'OLD' | 'NEW'): string {
  const named = value.replaceAll('R.', `${which}.`)
  return named.includes(' ') && !named.endsWith(')') ? `(${named})` : named
}

function listed(key: Key, which: 'OLD' | 'NEW'): string {
  return Object.values(key)
    .map(value => row(value, which))
    .join(', ')
}

function logged(which: 'OLD' | 'NEW', was: string, is: string): string {
  return `
  INSERT INTO network_changes (site_id, address_key, was_facts, was_owned, facts, is_owned)
    VALUES (${which}.site_id, ${which}.address_key, ${was}, ${is});`
}

function more({ table, key }: Counted): string {
  const columns = Object.keys(key).join(', ')
  return `
  INSERT INTO ${table} (${columns}, count) VALUES (${listed(key, 'NEW')}, 1)
    ON CONFLICT (${columns}) DO UPDATE SET count = count + 1;`
}

function fewer({ table, key }: Counted): string {
  const where = Object.entries(key)
    .map(([column, value]) => `${column} = ${row(value, 'OLD')}`)
    .join(' AND ')
  return `
  UPDATE ${table} SET count = count - 1 WHERE ${where};
  DELETE FROM ${table} WHERE ${where} AND count = 0;`
}
