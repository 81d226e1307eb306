import { parseAddress } from '#shared/domain/address.ts'
import { isSameVantage, type Vantage } from '#shared/domain/vantage.ts'
import type { VantageId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { vantageTowards } from '../scanner/vantage.ts'
import { addDecision } from '../store/audit.ts'
import type { ReadableStore } from '../store/statement.ts'
import {
  addVantage,
  confirmVantage,
  listVantages,
  type VantageRecord,
  vantagesOfSite,
} from '../store/vantages.ts'
import type { Transaction } from './context.ts'
import type { PlannedScan } from './scan-plan.ts'
import type { Workspace } from './workspace.ts'

/** Where this machine looks from now: towards the private networks it is attached to, and towards everything else. */
export async function currentVantages({ store, surroundings }: Workspace): Promise<Vantage[]> {
  const seen = await surroundings()
  const own = Object.values(seen.interfaces).flatMap(infos => (infos ?? []).filter(info => !info.internal))
  const addresses = own.flatMap(info => parseAddress(info.address) ?? [])
  const all = addresses.flatMap(address => vantageTowards(address, seen) ?? [])
  const distinct = [...new Map(all.map(vantage => [vantage.fingerprint, vantage])).values()]
  return distinct.map(vantage => ({ ...vantage, id: idOf(store, vantage) }))
}

/**
 * Checks that every site is looked at from where it has been looked at before, or that a person says that this is right:
 * 192.168.1.0/24 of the office must not become the hotel's.
 */
export function admitVantages(
  transaction: Transaction,
  planned: Pick<PlannedScan, 'vantages'>,
  confirmed: boolean,
): Result<null> {
  const { store, now, actor } = transaction
  for (const { siteId, site, vantage } of planned.vantages) {
    const known = vantagesOfSite(store, { site: siteId }).map(vantageOf)
    if (known.some(each => isSameVantage(each, vantage))) continue
    if (!confirmed) return fail('vantage-unknown', { site, vantage: describe(vantage) })
    confirmVantage(store, { site: siteId, vantage: keepVantage(transaction, vantage), at: now, by: actor })
    addDecision(store, {
      at: now,
      actor,
      kind: 'vantage.confirmed',
      subject: `site ${siteId}`,
      body: JSON.stringify(vantage),
    })
  }
  return succeed(null)
}

/** The id of a vantage, which is kept if it is new. */
export function keepVantage({ store, now }: Transaction, vantage: Vantage): number {
  const known = idOf(store, vantage)
  if (known !== null) return known
  const { id: _, vpn, ...rest } = vantage
  return addVantage(store, { ...rest, vpn: Number(vpn), at: now }).id
}

function idOf(store: ReadableStore, vantage: Vantage): VantageId | null {
  const known = listVantages(store, {}).map(vantageOf)
  const same =
    known.find(each => each.fingerprint === vantage.fingerprint) ??
    known.find(each => isSameVantage(each, vantage))
  return same?.id ?? null
}

export function vantageOf(record: VantageRecord): Vantage {
  return {
    id: record.id as VantageId,
    interface: record.interface,
    prefix: record.prefix,
    gateway: record.gateway,
    gatewayHardware: record.gateway_hardware,
    dnsSuffix: record.dns_suffix,
    vpn: record.vpn === 1,
    fingerprint: record.fingerprint,
  }
}

/** `10.1.4.7/24 on eth0, gateway 10.1.4.1` */
function describe({ prefix, interface: name, gateway }: Vantage): string {
  return `${prefix} (${name}${gateway === null ? '' : `, ${gateway}`})`
}
