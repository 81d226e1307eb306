import { Access, Cors, Presence, Severity } from '#shared/domain/exposure.ts'
import type { Disposition } from '#shared/domain/identity.ts'
import type { Product } from '#shared/domain/product.ts'
import type { Zone } from '#shared/domain/range.ts'
import type { ChoiceField } from '#shared/query/fields.ts'

type Codes<Word extends string> = Readonly<Record<Word, number>>

/**
 * Where each closed list lies in `inventory_rows.facts`, and the number of each word. Numbers are kept in files: a new word
 * takes the next free one; change anything else only together with `rowLayout`.
 */
const product: Codes<Product> = {
  unknown: 0,
  ollama: 1,
  'open-webui': 2,
  'lm-studio': 3,
  'llama.cpp': 4,
  localai: 5,
  koboldcpp: 6,
  lemonade: 7,
  'docker-model-runner': 8,
  sglang: 9,
  vllm: 10,
}
const zone: Codes<Zone> = { unknown: 0, client: 1, server: 2, dmz: 3, guest: 4, lab: 5, public: 6 }
const suspected: Codes<'none' | 'ollama' | 'honeypot'> = { none: 0, ollama: 1, honeypot: 2 }
const access: Codes<Access> = { unknown: 0, open: 1, 'auth-required': 2, forbidden: 3 }
const cors: Codes<Cors> = { unknown: 0, any: 1, restricted: 2 }
const tls: Codes<'no' | 'yes'> = { no: 0, yes: 1 }
const tools: Codes<'unknown' | 'yes' | 'no'> = { unknown: 0, yes: 1, no: 2 }
const risk: Codes<Severity> = { critical: 0, high: 1, medium: 2, low: 3, none: 4 }
const presence: Codes<Presence> = {
  present: 0,
  'not-listening': 1,
  gone: 2,
  unreachable: 3,
  'not-covered': 4,
}

const disposition: Codes<'none' | Disposition> = {
  none: 0,
  ours: 1,
  'not-ours': 2,
  'false-identification': 3,
  decommissioned: 4,
}

interface ClosedList {
  readonly shift: number
  readonly mask: number
  readonly codes: Readonly<Record<string, number>>
  /** In the order of a sorted list. Unknown is no part of it: it comes last. */
  readonly order: readonly string[]
}

const byName = (codes: Readonly<Record<string, number>>) => Object.keys(codes).sort()

const lists: Readonly<Record<ChoiceField, ClosedList>> = {
  product: { shift: 0, mask: 63, codes: product, order: byName(product) },
  zone: { shift: 6, mask: 15, codes: zone, order: byName(zone) },
  suspected: { shift: 10, mask: 3, codes: suspected, order: byName(suspected) },
  access: { shift: 12, mask: 3, codes: access, order: Access.options },
  cors: { shift: 14, mask: 3, codes: cors, order: Cors.options },
  tls: { shift: 16, mask: 1, codes: tls, order: ['yes', 'no'] },
  tools: { shift: 17, mask: 3, codes: tools, order: ['yes', 'no'] },
  risk: { shift: 19, mask: 7, codes: risk, order: Severity.options },
  presence: { shift: 22, mask: 7, codes: presence, order: Presence.options },
  disposition: { shift: 27, mask: 7, codes: disposition, order: byName(disposition) },
}
/** Some model's size is unknown. */
export const unknownSize = 1 << 25
/** Advisories can say something about its version. How many, depends on the edition in force. */
export const advised = 1 << 26

export const closedFields = Object.keys(lists) as ChoiceField[]

export function placeOf(field: ChoiceField): { readonly shift: number; readonly mask: number } {
  return lists[field]
}

export function codeOf(field: ChoiceField, word: string): number {
  const code = lists[field].codes[word]
  if (code === undefined) throw new Error(`${field} is never ${word}`)
  return code
}

/** All closed lists of a row as one number. */
export function packFacts(words: Readonly<Record<ChoiceField, string>>): number {
  return closedFields.reduce((facts, field) => facts | (codeOf(field, words[field]) << lists[field].shift), 0)
}

/** What a packed number says of a field. */
export function wordIn(facts: number, field: ChoiceField): string {
  const { shift, mask } = lists[field]
  return wordOf((facts >> shift) & mask, field)
}

/** The word of a field that has a number. */
export function wordOf(code: number, field: ChoiceField): string {
  const { codes } = lists[field]
  const word = Object.keys(codes).find(each => codes[each] === code)
  if (word === undefined) throw new Error(`no word of ${field} has the number ${code}`)
  return word
}

/** The place of each code in a sorted list, by code; null: last. */
export function ranksOf(field: ChoiceField): (number | null)[] {
  const { codes, order } = lists[field]
  const ranks: (number | null)[] = []
  for (const [word, code] of Object.entries(codes)) {
    const rank = order.indexOf(word)
    ranks[code] = rank === -1 || word === 'unknown' ? null : rank
  }
  return ranks
}
