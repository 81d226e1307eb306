import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { BlastRequest } from '#shared/domain/blast-radius.ts'
import type { Concentration, HeldModelDetail } from '#shared/domain/held-model.ts'
import { unaskedLicence } from '#shared/domain/licence.ts'
import type { Result } from '#shared/result.ts'
import { type Parts, PartsProvider } from '../../../src/renderer/data/parts.tsx'
import type { Language } from '../../../src/renderer/format/language.ts'
import { createWords } from '../../../src/renderer/i18n/i18n.ts'
import { WordsProvider } from '../../../src/renderer/i18n/words-provider.tsx'
import { BlastRadiusPanel } from '../../../src/renderer/screens/models/blast-radius-panel.tsx'
import { ConcentrationPanel } from '../../../src/renderer/screens/models/concentration-panel.tsx'
import { ModelDrift, ModelHolders } from '../../../src/renderer/screens/models/model-parts.tsx'
import { ModelRegister } from '../../../src/renderer/screens/models/model-register.tsx'
import { sentencesOf } from '../../../src/renderer/screens/models/model-summary.tsx'
import { createNavigation } from '../../../src/renderer/state/navigation.ts'
import { createPreferences } from '../../../src/renderer/state/preferences.ts'

const digest = 'ab12'.repeat(16)
const model: HeldModelDetail = {
  ...{
    digest,
    names: ['llama3:8b', 'my-llama'],
    family: 'llama',
    parameterSize: '8.0B',
    quantization: 'Q4_0',
  },
  ...{
    sizeBytes: 4e9,
    sources: [],
    remoteModel: null,
    remoteHost: null,
    capabilities: ['completion', 'tools'],
    licence: unaskedLicence,
  },
  ...{ instances: 1234, present: 1200, sites: 3, firstSeenAt: null, lastSeenAt: '2026-11-01T00:00:00.000Z' },
  ...{ register: 'not-judged', approved: null, revoked: null, drift: { to: 1, from: 0 } },
  ...{ query: `digest=${digest}`, tags: [{ name: 'llama3:8b', instances: 1234 }], holders: [], claims: [] },
  changes: [
    {
      ...{
        instance: 7 as never,
        site: 'Lab',
        address: '10.0.0.1',
        port: 11434,
        product: 'ollama',
        suspected: null,
      },
      ...{ name: 'llama3:8b', from: 'cd34'.repeat(16), to: digest, at: '2026-11-02T08:00:00.000Z' },
      ...{ scan: 3 as never, fromApproved: true, toApproved: false },
    },
  ],
}

/** What a part of the screen says, with some channels already answered. */
function render(
  part: ReactNode,
  { hash = '#/models', language = 'en' as Language, answers = [] as Answer[] } = {},
) {
  const nowhere = { getItem: () => null, setItem: () => {} }
  const navigation = createNavigation({ read: () => hash, push() {}, replace() {}, onMoved() {} })
  const preferences = createPreferences(nowhere, language)
  const parts = { navigation, preferences, client: {} } as unknown as Parts
  const queries = new QueryClient()
  for (const { channel, input, answer } of answers) queries.setQueryData([channel, input], answer)
  const html = renderToString(
    <PartsProvider parts={parts}>
      <WordsProvider words={createWords(language, key => expect.unreachable(key))}>
        <QueryClientProvider client={queries}>
          <MantineProvider>{part}</MantineProvider>
        </QueryClientProvider>
      </WordsProvider>
    </PartsProvider>,
  )
  return {
    html,
    text: html
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' '),
  }
}

interface Answer {
  readonly channel: string
  readonly input: object
  readonly answer: Result<unknown>
}

describe('a model in its drawer', () => {
  it('is told in sentences, in both languages, numbers as people write them', () => {
    const told = (language: Language) =>
      sentencesOf(model, createWords(language, expect.unreachable).t, language).join(' ')
    expect(told('en')).toBe(
      '1,234 instances hold it, at 3 sites. 1,200 of them were present when last looked at. It declares that it can call tools. It goes by 2 names. Once a name silently came to mean it.',
    )
    expect(told('de')).toContain('1.234 Instanzen halten es, an 3 Standorten.')
    expect(
      sentencesOf({ ...model, capabilities: null }, createWords('en', expect.unreachable).t, 'en'),
    ).toContain('What it can do is unknown.')
  })

  it('leads to its holders by the query that finds them', () => {
    const { html, text } = render(<ModelHolders model={model} />)
    expect(html).toContain(`href="#/inventory?text=digest%3D${digest}"`)
    expect(text).toContain('Show these 1,234 instances in the inventory')
  })

  it('says what its name meant before, and that it left the register', () => {
    const { html, text } = render(<ModelDrift model={model} />)
    expect(text).toMatch(/llama3:8b on 10\.0\.0\.1:11434 came to mean it, seen .*; before, it meant/)
    expect(html).toContain(`href="#/models?model=${'cd34'.repeat(16)}"`)
    expect(text).toContain('From an approved model to one that is not.')
    expect(render(<ModelDrift model={{ ...model, changes: [] }} />).text).toContain('None was seen.')
  })

  it('offers what can be decided, and says why where nothing can', () => {
    const register = (change: Partial<HeldModelDetail>, ask: 'approve' | 'revoke' | null = null) =>
      render(<ModelRegister model={{ ...model, ...change }} ask={ask} onAsk={() => {}} onJudged={() => {}} />)
        .text
    expect(register({})).toContain('Approve …')
    expect(register({}, 'approve')).toContain('Approve model')
    // What cannot be done is not asked about, whatever the address says.
    expect(register({}, 'revoke')).not.toContain('Revoke approval')
    const word = { at: '2026-11-02T08:00:00.000Z', by: 'Ada', note: 'a leak' }
    expect(register({ register: 'approved', approved: word })).toContain('Revoke …')
    expect(register({ register: 'revoked', revoked: word })).toMatch(/Revoked by Ada.*Reason: a leak/)
    expect(register({ digest: null })).toMatch(/cannot be approved/)
  })
})

describe('the blast radius', () => {
  const input = (query: string) => ({ query, most: 50 })
  const asked = (query: string, answer: Result<unknown>) =>
    render(<BlastRadiusPanel />, {
      hash: `#/models/blast-radius?text=${encodeURIComponent(query)}`,
      answers: [{ channel: 'model.blast-radius', input: input(query), answer }],
    })
  const counts = { instances: 12, sites: 2, owners: 1, unowned: 9, models: 2, holding: 10 }
  const radius = {
    instances: [],
    sites: [{ site: 'Plant 7', instances: 12 }],
    owners: [
      { owner: 'Ada', instances: 3 },
      { owner: null, instances: 9 },
    ],
    models: [{ digest, name: 'llama3:8b', instances: 10 }],
    counts,
  }

  it('asks first, with examples that are queries', () => {
    const { text, html } = render(<BlastRadiusPanel />, { hash: '#/models/blast-radius' })
    expect(text).toContain('Who is hit if something turns out to be affected?')
    expect(html).toContain('text=version%3C0.17.1')
    expect(BlastRequest.safeParse(input('version<0.17.1')).success).toBe(true)
  })

  it('counts, names nobody as an owner, and leads to the rows', () => {
    const { text, html } = asked('family:llama or version<0.5', { ok: true, value: radius })
    expect(text).toMatch(/Without owner 9|9 Without owner/)
    expect(text).toContain(
      '10 of them hold a model that is all of it by itself. The others (2) have it in several models',
    )
    expect(text.indexOf('nobody')).toBeLessThan(text.indexOf('Ada'))
    // The query keeps its meaning when it is narrowed.
    expect(html).toContain('text=%28family%3Allama+or+version%3C0.5%29+owner%3Anone')
  })

  it('says that nobody is hit, that it failed, and that it is on its way', () => {
    const none = { ...radius, counts: { ...counts, instances: 0 } }
    expect(asked('zz', { ok: true, value: none }).text).toContain('Nothing that is known is hit.')
    const failure = { code: 'data-folder-held' as const, details: { holder: 'x', pid: 1, path: '' } }
    expect(asked('zz', { ok: false, failure }).html).toContain('role="alert"')
    expect(render(<BlastRadiusPanel />, { hash: '#/models/blast-radius?text=zz' }).html).toContain(
      'role="status"',
    )
  })
})

describe('concentration', () => {
  const figures: Concentration = {
    ...{ instances: 4, models: 5, study: [{ figure: 'q4km', own: 0.5, study: 0.48 }] },
    by: [
      {
        ...{
          dimension: 'family',
          distinct: 1,
          unknownModels: 1,
          herfindahlByInstances: 1,
          herfindahlByModels: 1,
        },
        top: [
          {
            value: 'llama',
            name: null,
            query: 'family:llama',
            instances: 4,
            models: 4,
            instanceShare: 1,
            modelShare: 1,
          },
        ],
      },
    ],
  }
  const shown = (value: Concentration) =>
    render(<ConcentrationPanel />, {
      answers: [{ channel: 'model.concentration', input: {}, answer: { ok: true, value } }],
    })

  it('says the top share, the index, what is unknown, and where a bar leads', () => {
    const { text, html } = shown(figures)
    expect(text).toContain(
      '100% of the instances hold llama. Herfindahl index 1.000, 1 different. Unknown for one copy.',
    )
    expect(html).toContain('href="#/inventory?text=family%3Allama"')
    expect(text).toContain('Another population')
  })

  it('says that nothing is known yet', () => {
    expect(shown({ ...figures, instances: 0 }).text).toContain('No model is known yet.')
  })
})
