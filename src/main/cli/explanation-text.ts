import { formatAddressPort } from '#shared/domain/address.ts'
import type { Considered, Explanation } from '#shared/domain/explanation.ts'
import { endpointHead, questionsTable, signalLines } from './endpoint-text.ts'
import type { Words } from './words.ts'

/** What a scan of one address did there: each question with its answer, what was thought of, and what it came to. */
export function describeExplanation({ targets }: Explanation, words: Words): string {
  return targets.map(target => targetText(target, words).join('\n')).join('\n\n')
}

function targetText(target: Explanation['targets'][number], words: Words): string[] {
  const { address, port, outcome, reason, questions, considered, found } = target
  const why = reason === null ? '' : ` (${reason})`
  const head = `${formatAddressPort(address, port)}  ${words(`terms:outcome.${outcome}`)}${why}`
  if (questions.length === 0) return [head, `  ${words('cli:explain.nothingAsked')}`]
  const conclusions = found.map(({ product, suspected, confidence, version, instance }) =>
    words('cli:explain.found', {
      product: words(suspected === null ? `terms:product.${product}` : `terms:suspected.${suspected}`),
      confidence,
      version: version ?? words('terms:unknown'),
      instance,
    }),
  )
  return [
    head,
    '',
    questionsTable(questions, words),
    ...considered.flatMap(each => ['', ...consideredLines(each, words)]),
    '',
    ...(conclusions.length > 0 ? conclusions : [words('cli:explain.nothingFound')]),
    ...found.flatMap(({ endpoint }) => ['', ...endpointHead(endpoint, words)]),
  ]
}

/** One product that was thought of: the points add up, between 0 and 100, to the confidence. */
function consideredLines({ basePath, product, confidence, signals }: Considered, words: Words): string[] {
  const values = { product: words(`terms:product.${product}`), confidence, path: basePath || '/' }
  return [words('cli:explain.considered', values), ...signalLines(signals, words)]
}
