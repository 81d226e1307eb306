import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { licences as texts } from '#lab/catalog/licences.ts'
import { readLicence } from '#main/scanner/licence.ts'
import { recogniseLicences } from '#main/scanner/recognise-licence.ts'
import { LicenceUse, licenceIds } from '#shared/domain/licence.ts'
import { hostileJson } from '../support/answers.ts'

const root = join(import.meta.dirname, '..', '..')
const fixtures = join(root, 'test', 'fixtures')
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'))
const ids = (license: unknown) => licenceIds(readLicence({ license }))

/** The licence of Stable Diffusion 2 and XL, shortened. */
const railPlus = (head: string, date: string) =>
  `${head}CreativeML Open RAIL++-M License dated ${date}

Section I: PREAMBLE Multimodal generative models are being widely adopted and used.
The restrictions set forth in Attachment A are considered Use-based restrictions.
END OF TERMS AND CONDITIONS
(e.g. by text profiling, indiscriminate and arbitrarily-targeted use).
`

const phrases = z.array(z.string().regex(/^[\p{Ll}\p{N}]+(?: [\p{Ll}\p{N}]+)*$/u))
const Shipped = z.strictObject({
  dataVersion: z.int(),
  date: z.iso.date(),
  note: z.string(),
  licences: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-Za-z0-9.-]+$/),
      title: z.string().min(3).max(80),
      use: LicenceUse,
      date: z
        .string()
        .regex(/^\d{4}(?:-\d\d){0,2}$/)
        .nullable(),
      source: z.url({ protocol: /^https$/ }),
      read: z.enum(['whole', 'part', 'name']),
      readOn: z.iso.date(),
      begins: phrases.min(1),
      anywhere: z.boolean(),
      ...{ holds: phrases, lacks: phrases, ends: phrases, names: phrases },
    }),
  ),
})
const shipped = Shipped.parse(readJson(root, 'resources', 'licences', 'models.json')).licences
const spdx = new Set<string>(readJson(fixtures, 'cyclonedx', 'spdx.schema.json').enum)

describe('the shipped licences', () => {
  it('have each an identifier of SPDX, or one that cannot be taken for one', () => {
    expect(new Set(shipped.map(({ id }) => id)).size).toBe(shipped.length)
    for (const { id } of shipped) expect(id.startsWith('LicenseRef-') !== spdx.has(id), id).toBe(true)
  })

  it.each(shipped)('$id is told by what it begins with and holds, alone', ({ id, begins, holds, ends }) => {
    for (const begin of begins) {
      const text = [begin, ...holds, ...ends.slice(0, 1)].join('\n')
      expect(recogniseLicences(text), begin).toMatchObject({ licences: [{ id }], isWhole: true })
    }
  })

  it.each(shipped)('$id is told by its identifier, its title and its other names', ({ id, title, names }) => {
    for (const name of [id.replace(/^LicenseRef-/, ''), title, ...names])
      expect(ids(name), name).toEqual([id])
  })

  it('share no name', () => {
    const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, ' ')
    const named = shipped.flatMap(({ id, title, names }) =>
      [id.replace(/^LicenseRef-/, ''), title, ...names].map(name => [plain(name), id] as const),
    )
    for (const [name, of] of Map.groupBy(named, ([name]) => name))
      expect(new Set(of.map(([, id]) => id)).size, name).toBe(1)
  })
})

const gpl = 'GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n\nThe GNU Lesser General Public License …'
const bsd = (end: string) => `Copyright (c) 2022, Example. All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met: … Redistributions in binary form must reproduce the above copyright notice, …
${end} … EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`

describe('a licence text', () => {
  it.each([
    [texts.apache, ['Apache-2.0']],
    [texts.mit, ['MIT']],
    [`Microsoft.\nCopyright (c) Microsoft Corporation.\n\n${texts.mit}`, ['MIT']],
    [texts.mit.replaceAll('\n', ' '), ['MIT']],
    [texts.mit.toUpperCase().replaceAll('\n', '\r\n'), ['MIT']],
    [gpl, ['GPL-3.0-only']],
    [bsd('* Neither the name of Example nor the names of its contributors …'), ['BSD-3-Clause']],
    [bsd(''), ['BSD-2-Clause']],
    [texts.llama2, ['LicenseRef-Llama-2-Community']],
    [texts.llama32, ['LicenseRef-Llama-3.2-Community']],
    [texts.gemma, ['LicenseRef-Gemma']],
    [texts.qwenResearch, ['LicenseRef-Qwen-Research']],
    [
      'LLAMA 4 COMMUNITY LICENSE AGREEMENT\n\nLlama 4 Version Effective Date: April 5, 2025\n…',
      ['LicenseRef-Llama-4-Community'],
    ],
    [
      'Creative Commons Legal Code\n\nCC0 1.0 Universal\n…\nStatement of Purpose … Public License Fallback.',
      ['CC0-1.0'],
    ],
    // Several, one after the other, as the server joins its layers.
    [`${texts.mit}\n${texts.apache}`, ['MIT', 'Apache-2.0']],
    [`${texts.llama2}\n${texts.llama2Use}`, ['LicenseRef-Llama-2-Community']],
    [`${texts.apache}\n${texts.gemma}`, ['Apache-2.0', 'LicenseRef-Gemma']],
    [
      railPlus('Copyright (c) 2022 Stability AI and contributors\n\n', 'November 24, 2022'),
      ['LicenseRef-CreativeML-OpenRAILpp-M-2022'],
    ],
    // As its publisher writes it: all in one line.
    [
      railPlus('Copyright (c) 2023 Stability AI ', 'July 26, 2023'),
      ['LicenseRef-CreativeML-OpenRAILpp-M-2023'],
    ],
    ['apache-2.0', ['Apache-2.0']],
    ['MIT\nApache License, Version 2.0\n', ['MIT', 'Apache-2.0']],
    ['EXAONE AI Model License Agreement 1.1 - NC ', ['LicenseRef-EXAONE-1.1-NC']],
  ])('is known for what it is, case %#', (text, expected) => {
    expect(ids(text)).toEqual(expected)
  })

  it.each([
    [texts.internal, [null]],
    ['Proprietary', [null]],
    ['MIT or something like it', [null]],
    // What is added is not lost among what is known.
    [`${texts.apache}\n${texts.internal}`, ['Apache-2.0', null]],
    [`${texts.internal}\n${texts.mit}`, ['MIT', null]],
    [`MIT\n${texts.internal}`, ['MIT', null]],
    // To speak of a licence is not to be one.
    ['This model is not under the Apache License Version 2.0, January 2004.', [null]],
    ['Subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms', [null]],
    ['Gemma Terms of Use apply to parts of this model.', [null]],
    // Changed, it is another.
    [texts.mit.replace('The above copyright', 'For research only. The above notice or'), [null]],
    [`Modified MIT License\n\n${texts.mit}`, [null]],
    [`${texts.mit}\nThe Software shall be used for Good, not Evil.`, [null]],
    [texts.llama31.replace('July 23, 2024', 'July 23, 2031'), [null]],
    [`${texts.qwenResearch.replace('2024', '2026')}\n${'And so on. '.repeat(100)}`, [null]],
    // Of another date it is another; without its restrictions it is not whole.
    [railPlus('Copyright (c) 2022 Stability AI and contributors\n\n', 'November 25, 2022'), [null]],
    ['CreativeML Open RAIL++-M License\ndated November 24, 2022\n\nSection I: PREAMBLE', [null]],
  ])('is not taken for what it is not, case %#', (text, expected) => {
    expect(ids(text)).toEqual(expected)
  })

  it('is known again with marks nobody sees in it', () => {
    const marked = [...texts.gemma].map((letter, index) =>
      index % 7 === 0 ? `${letter}\u202e\u200b` : letter,
    )
    expect(ids(marked.join(''))).toEqual(['LicenseRef-Gemma'])
  })

  it('is not kept: hash and length are', () => {
    const read = readLicence({ license: texts.internal })
    expect(read).toEqual({
      state: 'unrecognised',
      licences: [],
      sha256: createHash('sha256').update(texts.internal).digest('hex'),
      length: texts.internal.length,
    })
  })

  it.each([null, [], 'x', 7, {}, { license: null }, { license: '' }, { license: ' \n\t' }])(
    'is none in %j',
    body => {
      expect(readLicence(body)).toEqual({ state: 'none', licences: [], sha256: null, length: null })
    },
  )

  it.each([7, true, ['MIT'], [], {}, { id: 'MIT' }, [texts.apache]])(
    'that is no text is nothing anybody knows, case %#',
    license => {
      expect(readLicence({ license })).toMatchObject({ state: 'unrecognised', licences: [] })
    },
  )

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.oneof(hostileJson, fc.jsonValue(), fc.string({ unit: 'binary' })), license => {
        const { state, licences, sha256, length } = readLicence({ license })
        expect(sha256 === null).toBe(state === 'none')
        expect(length === null).toBe(state === 'none')
        expect(licences.length > 0).toBe(state === 'recognised' || state === 'partly')
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['words', 'permission is hereby granted free of charge '],
    ['lines', 'x gemma terms of use\n'],
    ['headings', 'Gemma Terms of Use\n'],
    ['spaces', ' '],
    ['line ends', '\n'],
    ['marks', '\u202e'],
    ['letters that become eighteen', '\ufdfa'],
    ['names', 'MIT\n'],
  ])('of a megabyte of %s is read in passing', (_, part) => {
    const text = part.repeat(Math.ceil(1_048_576 / part.length))
    const started = performance.now()
    readLicence({ license: text })
    expect(performance.now() - started).toBeLessThan(400)
  })

  it('longer than any licence is not called whole', () => {
    expect(ids(`${texts.apache}\n${'\n'.repeat(300_000)}`)).toEqual(['Apache-2.0', null])
  })
})

const recorded = readdirSync(join(fixtures, 'products', 'ollama')).map(file => {
  const { shows } = readJson(fixtures, 'products', 'ollama', file)
  return { version: file.slice(0, -5), shows: shows as Record<string, { status: number; body: string }> }
})

describe.each(recorded)('Ollama $version as recorded', ({ shows }) => {
  it('shows two licences of one model as one text, and of the others none', () => {
    const answers = Object.entries(shows).filter(([, { status }]) => status === 200)
    const having = answers.filter(([, { body }]) => readLicence(JSON.parse(body)).state !== 'none')
    expect(having.map(([name]) => name)).toEqual(['tiny-legal'])
    const { license } = JSON.parse(shows['tiny-legal']?.body ?? '')
    expect(license).toBe('First licence & <text>\nSecond licence')
  })
})
