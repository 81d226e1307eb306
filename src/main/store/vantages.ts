import { change, rows } from './statement.ts'

export const listVantages = rows()(db => db.selectFrom('vantages').selectAll().orderBy('id'))
export type VantageRecord = ReturnType<typeof listVantages>[number]

export const addVantage = change<{
  fingerprint: string
  interface: string
  prefix: string
  gateway: string | null
  gatewayHardware: string | null
  dnsSuffix: string | null
  vpn: number
  at: number
}>()((db, $) =>
  db.insertInto('vantages').values({
    fingerprint: $.fingerprint,
    interface: $.interface,
    prefix: $.prefix,
    gateway: $.gateway,
    gateway_hardware: $.gatewayHardware,
    dns_suffix: $.dnsSuffix,
    vpn: $.vpn,
    first_used_at: $.at,
  }),
)

/** The vantages a site may be scanned from. */
export const vantagesOfSite = rows<{ site: number }>()((db, $) =>
  db
    .selectFrom('site_vantages')
    .innerJoin('vantages', 'vantages.id', 'site_vantages.vantage_id')
    .selectAll('vantages')
    .where('site_vantages.site_id', '=', $.site)
    .orderBy('vantages.id'),
)

export const confirmVantage = change<{ site: number; vantage: number; at: number; by: string }>()((db, $) =>
  db
    .insertInto('site_vantages')
    .values({ site_id: $.site, vantage_id: $.vantage, confirmed_at: $.at, confirmed_by: $.by })
    .onConflict(conflict => conflict.doNothing()),
)
