import type { Licence } from '#shared/domain/licence.ts'
import shipped from '../../../resources/licences/models.json' with { type: 'json' }

/** A licence as resources/licences/models.json tells it: phrases are words in lower case with single spaces. */
interface KnownLicence extends Licence {
  readonly begins: readonly string[]
  readonly anywhere: boolean
  readonly holds: readonly string[]
  readonly lacks: readonly string[]
  readonly ends: readonly string[]
  readonly names: readonly string[]
}

const known = shipped.licences as readonly KnownLicence[]

/** A line that is nothing but one of these stands for the whole licence. */
const byName = new Map(
  known.flatMap(licence =>
    [licence.id.replace(/^LicenseRef-/, ''), licence.title, ...licence.names].map(
      name => [wordsOf(name), licence] as const,
    ),
  ),
)

export interface Recognised {
  /** As they stand in the text, each once. */
  readonly licences: Licence[]
  /** Whether nothing is left over that is none of them. */
  readonly isWhole: boolean
}

/** No text of a licence is as long; what comes after is not looked at. */
const mostLooked = 262_144
/** A list of names, not a text. */
const mostNamed = 1000

/**
 * Which licences a text holds, told by how each begins and what only it says. Several stand one after the other, with
 * nothing between them that says where one ends (docs/facts/ollama-api.md, section 7). Every step is linear: a server may
 * send anything.
 */
export function recogniseLicences(text: string): Recognised {
  const words = readWords(text.slice(0, mostLooked).normalize('NFKC').slice(0, mostLooked))
  const found = known.flatMap(licence => find(licence, words) ?? []).sort((a, b) => a.start - b.start)
  if (found.length === 0) return recogniseNames(text, words)
  const isWhole = text.length <= mostLooked && isCovered(words, found)
  return { licences: distinct(found.map(({ licence }) => licence)), isWhole }
}

interface Words {
  /** The whole text in lower case, with single spaces between words. */
  readonly text: string
  /** Where each line begins and ends in it; empty lines are left out. */
  readonly lines: readonly { readonly start: number; readonly end: number }[]
  readonly starts: ReadonlySet<number>
}

function readWords(text: string): Words {
  const lines: { start: number; end: number }[] = []
  const parts: string[] = []
  let at = 0
  for (const line of text.split(/[\n\r\u2028\u2029]/)) {
    const words = wordsOf(line)
    if (words === '') continue
    lines.push({ start: at, end: at + words.length })
    parts.push(words)
    at += words.length + 1
  }
  return { text: parts.join(' '), lines, starts: new Set(lines.map(({ start }) => start)) }
}

/** Letters and digits only: marks that are not seen (direction, width) part no words. */
function wordsOf(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

interface Found {
  readonly licence: KnownLicence
  readonly start: number
}

function find(licence: KnownLicence, words: Words): Found | null {
  const { text } = words
  const starts = licence.begins.map(phrase => beginningOf(phrase, licence.anywhere, words))
  const start = Math.min(...starts.filter(at => at !== -1))
  if (start === Number.POSITIVE_INFINITY) return null
  if (!licence.holds.every(phrase => text.includes(phrase))) return null
  if (licence.lacks.some(phrase => text.includes(phrase))) return null
  return { licence, start }
}

/** A name in the middle of a line speaks about a licence; at the start of one it is its heading. */
function beginningOf(phrase: string, anywhere: boolean, { text, starts }: Words): number {
  let at = text.indexOf(phrase)
  while (at !== -1 && !anywhere && !starts.has(at)) at = text.indexOf(phrase, at + phrase.length)
  return at
}

/** Whether what lies between and around the licences that were found is only what usually stands there. */
function isCovered({ text, lines }: Words, found: readonly Found[]): boolean {
  const ends = found.map(({ licence, start }, index) =>
    endOf(licence, text, start, found[index + 1]?.start ?? text.length),
  )
  const starts = [...found.map(({ start }) => start), text.length]
  return starts.every((until, index) => {
    const from = ends[index - 1] ?? 0
    return lines.every(
      ({ start, end }) =>
        end <= from || start >= until || isUsual(text.slice(Math.max(start, from), Math.min(end, until))),
    )
  })
}

function endOf({ ends }: KnownLicence, text: string, start: number, next: number): number {
  const at = ends.map(phrase => {
    const last = text.lastIndexOf(phrase, next - phrase.length)
    return last < start ? -1 : last + phrase.length
  })
  const end = Math.max(-1, ...at)
  return end === -1 ? next : end
}

/** A name of a licence, who holds the rights, or one after the other. */
function isUsual(words: string): boolean {
  const line = words.trim()
  if (!line.includes(' ') || byName.has(line)) return true
  const [head = ''] = line.split(/ ?copyright /, 1)
  const isNamed = head === '' || head === 'c' || byName.has(head)
  return (
    line.length <= longestNotice &&
    (/^(?:c \d{4}|all rights reserved) ?/.test(line) || (isNamed && head !== line))
  )
}

/** Who holds the rights takes no more; terms do. */
const longestNotice = 200

function recogniseNames(text: string, { text: all, lines }: Words): Recognised {
  if (text.length > mostNamed) return { licences: [], isWhole: false }
  const named = lines.map(({ start, end }) => byName.get(all.slice(start, end)))
  const licences = named.filter(each => each !== undefined)
  return { licences: distinct(licences), isWhole: licences.length > 0 && licences.length === named.length }
}

function distinct(licences: readonly KnownLicence[]): Licence[] {
  return [...new Map(licences.map(({ id, title, use }) => [id, { id, title, use }])).values()]
}
