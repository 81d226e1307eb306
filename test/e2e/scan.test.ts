import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InstanceTruth, type Lab, startLab } from '#lab/lab.ts'
import { fillRange, type GridRow, readGrid, readText, startScan } from './handle.ts'
import { shareConsole } from './open-console.ts'

const words = {
  access: { open: 'open', 'auth-required': 'login required', forbidden: 'refused (403)', unknown: 'unknown' },
  suspected: { ollama: 'probably Ollama, not proven', honeypot: 'imitation (honeypot)' },
  product: {
    ollama: 'Ollama',
    'open-webui': 'Open WebUI',
    'lm-studio': 'LM Studio',
    'llama.cpp': 'llama.cpp',
    localai: 'LocalAI',
    koboldcpp: 'KoboldCpp',
    lemonade: 'Lemonade',
    'docker-model-runner': 'Docker Model Runner',
    sglang: 'SGLang',
    vllm: 'vLLM',
    unknown: 'unknown',
  },
} as const

const productIn = (row: GridRow) => row['Product']?.replace(/ \d+ %$/, '')
const modelsIn = (row: GridRow) => row['Models']?.split(' ')[0]
const productOf = ({ product, suspected }: InstanceTruth) =>
  suspected === null ? words.product[product] : words.suspected[suspected]

/** A truth in the words of the grid. */
function rowOf(truth: InstanceTruth): GridRow {
  const { models, toolCalling } = truth
  return {
    Address: `${truth.address}:${truth.port}`,
    Product: productOf(truth),
    Version: truth.version ?? 'unknown',
    Access: words.access[truth.access],
    'Tool calling': toolCalling === null ? 'unknown' : toolCalling ? 'yes' : 'no',
    Models: models === null ? 'unknown' : models.length === 0 ? 'none' : String(models.length),
  }
}

describe('from a range to what stands in it', () => {
  const console = shareConsole()
  let lab: Lab
  let instances: InstanceTruth[]

  beforeAll(async () => {
    lab = await startLab({ base: '127.80.1.0/24' })
    instances = lab
      .truth()
      .flatMap(each => (each.kind === 'instance' && lab.ports.includes(each.port) ? [each] : []))
  })
  afterAll(() => lab.stop())

  test('a range is registered in its form', async () => {
    const { page } = console.now
    await page.getByRole('button', { name: 'Add range' }).click()
    const form = await fillRange(page, { block: lab.blocks[0] ?? '', exclusions: lab.excluded })
    await expect
      .poll(() => form.getByText('256 addresses, 8 of them excluded: 248 are left.').count())
      .toBe(1)
    await form.getByRole('button', { name: 'Register range' }).click()
    await form.waitFor({ state: 'detached' })
    const row = page.getByRole('table', { name: 'Ranges' }).getByRole('row', { name: '127.80.1.0/24' })
    expect(await readText(row)).toMatch(/Plant 7.*256.*11434.*in force.*never/)
    expect(lab.connections).toEqual([])
  })

  test('a scan of it shows how far it is, and what came of it', async () => {
    const { page } = console.now
    await startScan(page, 'normal')
    const running = page.getByRole('region', { name: 'Scan 1' })
    const shares: number[] = []
    const bar = running.getByRole('progressbar', { name: 'Progress of the scan' })
    await bar.waitFor()
    while ((await bar.count()) > 0) {
      const share = await bar.getAttribute('aria-valuenow', { timeout: 500 }).catch(() => null)
      if (share !== null) shares.push(Number(share))
      await page.waitForTimeout(150)
    }
    expect(new Set(shares).size, `shares seen: ${shares}`).toBeGreaterThan(3)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    await page.getByText('Scan 1 has finished.').waitFor()
    await page.getByText(`${instances.length} instances seen`).first().waitFor()
    expect(lab.trespasses()).toEqual([])
    expect(lab.requests.filter(request => request.forbidden)).toEqual([])
  })

  test('the inventory is what is there, row for row', async () => {
    const { page } = console.now
    await page.getByRole('button', { name: 'Collapse' }).click()
    await page.getByRole('button', { name: 'Show inventory' }).click()
    await page.getByText(`${instances.length} instances`, { exact: true }).waitFor()
    const rows = new Map((await readGrid(page, 'Inventory')).map(row => [row['Address'] ?? '', row]))
    expect([...rows.keys()].sort()).toEqual(instances.map(({ address, port }) => `${address}:${port}`).sort())
    for (const truth of instances) {
      const row = rows.get(`${truth.address}:${truth.port}`) ?? {}
      if (truth.firm === 'identity') expect(productIn(row), truth.host).toBe(productOf(truth))
      else
        expect({ ...row, Product: productIn(row), Models: modelsIn(row) }, truth.host).toMatchObject(
          rowOf(truth),
        )
    }
  })

  test('the drawer of an instance has everything about it', async () => {
    const { page } = console.now
    const truth = instances.find(each => each.firm === 'everything' && each.toolCalling === true)
    const address = `${truth?.address}:11434`
    await page.getByRole('textbox', { name: 'Filter the inventory' }).fill(truth?.address ?? '')
    await page.getByRole('gridcell', { name: address }).click()
    const drawer = page.getByRole('complementary', { name: `Instance ${address}` })
    const text = async (tab: RegExp, name: string) => {
      await drawer.getByRole('tab', { name: tab }).click()
      return readText(drawer.getByRole('tabpanel', { name }))
    }
    expect(await text(/^Summary/, 'Summary')).toMatch(
      new RegExp(`This is Ollama, version ${truth?.version}.*Answers without a login from .*127`),
    )
    expect(await text(/^Endpoints 1/, 'Endpoints')).toContain(`http://${address}/`)
    const models = await text(new RegExp(`^Models ${truth?.models?.length}`), 'Models')
    for (const model of truth?.models ?? []) expect(models).toContain(model.name)
    expect(models).toContain('tool calling')
    expect(await text(/^Exposure/, 'Exposure')).toMatch(/GET \/api\/tags → 200.*Transport.*clear text/)
    const evidence = await text(/^Evidence/, 'Evidence')
    expect(evidence).toMatch(/first page says exactly "Ollama is running".*Everything that was asked/)
    expect(evidence).toMatch(/GET \/api\/version.*200/)
    await text(/^History/, 'History')
    await expect
      .poll(() => readText(drawer.getByRole('tabpanel', { name: 'History' })))
      .toMatch(/answered.*\d/)
    await drawer.getByRole('button', { name: 'Close' }).click()
    await drawer.waitFor({ state: 'detached' })
  })

  test('the page met no error on the way', () => {
    expect(console.now.complaints).toEqual([])
  })
})
