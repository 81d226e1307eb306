import { formatAddressPort } from '#shared/domain/address.ts'
import type { BlastRadius } from '#shared/domain/blast-radius.ts'
import type {
  Concentration,
  HeldModel,
  HeldModelDetail,
  Holder,
  TagChange,
} from '#shared/domain/held-model.ts'
import { licenceText } from './licence-text.ts'
import { type Column, formatTable, printable } from './table.ts'
import type { Words } from './words.ts'

/** Models, the most widespread first. */
export function modelsTable(models: readonly HeldModel[], words: Words, width: number): string {
  if (models.length === 0) return words('models:none')
  const title = (name: string) => words(`models:column.${name}`)
  const unknown = words('terms:unknown')
  const columns: Column<HeldModel>[] = [
    { title: words('cli:column.digest'), text: model => shortDigest(model.digest) ?? unknown },
    { title: title('instances'), right: true, text: model => String(model.instances) },
    { title: title('present'), right: true, text: model => String(model.present) },
    { title: title('family'), text: model => model.family ?? unknown },
    { title: words('cli:column.size'), text: model => model.parameterSize ?? unknown },
    { title: words('cli:column.quantization'), text: model => model.quantization ?? unknown },
    { title: words('cli:column.capabilities'), text: model => model.capabilities?.join(', ') ?? unknown },
    { title: words('cli:column.licence'), text: ({ licence }) => licenceText(licence, words) },
    { title: title('source'), text: model => model.sources.join(', ') },
    { title: words('cli:column.remote'), text: model => model.remoteHost ?? '' },
    { title: title('register'), text: model => words(`models:register.${model.register}`) },
    { title: title('drift'), right: true, text: ({ drift }) => String(drift.to + drift.from) },
    { title: title('firstSeen'), text: model => model.firstSeenAt?.slice(0, 10) ?? unknown },
    { title: words('cli:column.model'), text: model => model.names.join(', ') },
  ]
  return formatTable(columns, models, width)
}

/** One model and its holders. */
export function modelText(model: HeldModelDetail, words: Words): string {
  return [modelsTable([model], words, Number.POSITIVE_INFINITY), '', holdersTable(model.holders, words)].join(
    '\n',
  )
}

function holdersTable(holders: readonly Holder[], words: Words, width = Number.POSITIVE_INFINITY): string {
  const title = (name: string) => words(`cli:column.${name}`)
  const columns: Column<Holder>[] = [
    { title: title('id'), right: true, text: holder => String(holder.instance) },
    { title: title('address'), text: holder => formatAddressPort(holder.address, holder.port) },
    { title: title('version'), text: holder => holder.version ?? words('terms:unknown') },
    { title: title('presence'), text: holder => words(`terms:presence.${holder.presence}`) },
    { title: title('site'), text: holder => holder.site },
  ]
  return formatTable(columns, holders, width)
}

/** Names that came to mean another content. */
export function driftText(changes: readonly TagChange[], words: Words, width: number): string {
  if (changes.length === 0) return words('models:driftNone')
  const title = (name: string) => words(`models:column.${name}`)
  const columns: Column<TagChange>[] = [
    { title: title('at'), text: change => change.at },
    { title: words('cli:column.address'), text: change => formatAddressPort(change.address, change.port) },
    { title: words('cli:column.model'), text: change => change.name },
    { title: title('from'), text: change => shortDigest(change.from) ?? '' },
    { title: title('to'), text: change => shortDigest(change.to) ?? '' },
    {
      title: title('approved'),
      text: change => (change.fromApproved && !change.toApproved ? words('models:driftApproved') : ''),
    },
  ]
  return formatTable(columns, changes, width)
}

/** Concentration, with what the shares are of. */
export function concentrationText({ instances, models, by }: Concentration, words: Words): string {
  const title = (name: string) => words(`models:column.${name}`)
  const columns: Column<Concentration['by'][number]['top'][number]>[] = [
    {
      title: title('value'),
      text: ({ value, name }) =>
        [/^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value, name].join(' ').trim(),
    },
    { title: title('instances'), right: true, text: each => String(each.instances) },
    { title: title('share'), right: true, text: each => percent(each.instanceShare) },
    { title: title('modelShare'), right: true, text: each => percent(each.modelShare) },
  ]
  const parts = by.map(({ dimension, distinct, unknownModels, top, ...figures }) =>
    [
      words('models:concentration.dimension', {
        dimension: words(`models:concentration.by.${dimension}`),
        distinct,
        byInstances: figures.herfindahlByInstances.toFixed(3),
        byModels: figures.herfindahlByModels.toFixed(3),
        count: unknownModels,
      }),
      formatTable(columns, top.slice(0, 5), Number.POSITIVE_INFINITY),
    ].join('\n'),
  )
  const head = words('models:concentration.head', { count: instances, instances, models })
  return [head, ...parts, words('models:concentration.note')].join('\n\n')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** Who is hit. */
export function blastText(
  { instances, sites, owners, models, counts }: BlastRadius,
  words: Words,
  width: number,
): string {
  if (instances.length === 0) return words('models:blast.none')
  const part = (name: string, lines: string[]) => ['', words(`models:blast.${name}`), ...lines]
  const line = (count: number, text: string) => printable(`  ${count}  ${text}`)
  return [
    words('models:blast.head', { count: counts.instances, sites: counts.sites, owners: counts.owners }),
    words('models:blast.unowned', { instances: counts.unowned }),
    ...part(
      'sites',
      sites.map(({ site, instances: count }) => line(count, site)),
    ),
    ...part(
      'owners',
      owners.map(({ owner, instances: count }) => line(count, owner ?? words('models:blast.nobody'))),
    ),
    ...part(
      'models',
      models.map(({ instances: count, name, digest }) =>
        line(count, `${name}  ${shortDigest(digest) ?? ''}`.trim()),
      ),
    ),
    ...part('instances', []),
    holdersTable(instances, words, width),
  ].join('\n')
}

/** As many digits as people compare. */
function shortDigest(digest: string | null): string | null {
  return digest?.slice(0, 12) ?? null
}
