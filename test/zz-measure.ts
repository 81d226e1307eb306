import { inventoryFacets } from '#main/services/facets.ts'
import { tagMany } from '#main/services/annotate-many.ts'
import { selectRows } from '#main/services/selection.ts'
import { showTimeline } from '#main/services/timeline.ts'
import { inventoryPage } from '#main/services/inventory.ts'
import { openMemory } from '#main/store/open.ts'
import { transaction as inOne } from '#main/store/statement.ts'
import { InventoryRequest } from '#shared/domain/inventory.ts'
import { fillInventory } from './support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from './support/imagined-inventory.ts'
import { shippedAdvisories } from './support/shipped-advisories.ts'
const store = openMemory()
const n = 20000
const ids = fillInventory(store, imaginedInventory(n, 7, 40))
const reading = { store, now: () => imaginedNow, about: { version: 't', dataFolder: '', actor: 't' }, advisories: shippedAdvisories }
const tr = { store, now: imaginedNow, actor: 'Ada', identity: { id: 1, name: 'Ada', role: 'analyst', publicKey: '', isProven: true, sign: () => null }, changed: () => {} } as const
const time = (name: string, work: () => unknown) => { const t = performance.now(); const r = work(); console.log(name, (performance.now() - t).toFixed(1), 'ms'); return r }
const sel: any = time('select', () => selectRows(reading, ''))
time('tag all 20000', () => inOne(store, () => tagMany(tr, { instances: [], selection: sel.value, add: ['gpu'], remove: [] }, shippedAdvisories)))
for (const q of ['advisories>3', 'tag:gpu', 'disposition:none']) time(q, () => inventoryPage(reading, InventoryRequest.parse({ query: q, limit: 100 })))
for (let i = 0; i < 3; i++) time('facets', () => inventoryFacets(reading, { query: '', most: 12 }))
time('timeline', () => showTimeline(reading, String(ids[5])))
time('timeline', () => showTimeline(reading, String(ids[6])))
