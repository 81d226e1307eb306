import type { Access, Cors } from '#shared/domain/exposure.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { type Answered, headerOf, jsonOf } from './answer.ts'
import { type Answers, anyHeader, json } from './product.ts'
import { modelEntries, objectOf, openAiEntries, textField } from './readers.ts'

/**
 * What stands in front of an answer. Ollama has no login of its own: a 401 or a redirect is always somebody else's.
 * The one exception is its empty 403 to a host name it does not know, on a listener bound to loopback: something
 * forwards to it and passes its own name on.
 */
export type Guard = 'login' | 'forbidden' | 'host-check'

export function guardOf(answers: Answers, kind: ProbeKind): Guard | null {
  const answer = answers.get(kind)
  if (!answer?.ok) return null
  if (answer.status === 401 || answer.status === 407) return 'login'
  if (answer.status === 403) return isHostCheck(answer) ? 'host-check' : 'forbidden'
  return answer.status >= 300 && answer.status < 400 && leadsToLogin(headerOf(answer, 'location'))
    ? 'login'
    : null
}

function isHostCheck(answer: Answered): boolean {
  return (
    answer.body.length === 0 &&
    headerOf(answer, 'content-length') === '0' &&
    headerOf(answer, 'content-type') === null
  )
}

const loginWords = /log-?in|sign-?in|auth|oauth|sso|saml|idp|account/i

function leadsToLogin(location: string | null): boolean {
  return location !== null && loginWords.test(location.slice(0, 2000))
}

/**
 * Access to one side of the interface, judged by its list of models: that is what a stranger would use. A version alone
 * says little; Open WebUI shows one to everybody and guards the rest.
 */
export function accessOf(answers: Answers, kind: 'tags' | 'v1-models'): Access {
  const body = json(answers, kind)
  // LM Studio and many others say 200 to everything: only the list itself counts as open.
  if ((kind === 'tags' ? modelEntries(body) : openAiEntries(body)) !== null) return 'open'
  // One broken manifest makes the whole list an error (measured, 0.3.14): the handler ran, so nothing stands in front.
  if (isHandlerError(answers, kind)) return 'open'
  const guard = guardOf(answers, kind)
  return guard === null ? 'unknown' : guard === 'login' ? 'auth-required' : 'forbidden'
}

function isHandlerError(answers: Answers, kind: ProbeKind): boolean {
  const answer = answers.get(kind)
  return (
    answer?.ok === true && answer.status === 500 && typeof objectOf(jsonOf(answer))?.['error'] === 'string'
  )
}

/** Headers proxies add and Ollama never sends (facts, section 1). */
const headersOfFronts = ['server', 'via', 'x-powered-by', 'cf-ray', 'x-served-by']

export function frontOf(answers: Answers): string | null {
  const name = headersOfFronts.find(header => anyHeader(answers, header) !== null)
  if (name === undefined) return null
  // A ray identifies one request, not who answers it.
  return name === 'cf-ray' ? name : textField(`${name}: ${anyHeader(answers, name)}`)
}

/** What happens to a page of another web site that asks: decided by the answer to the question with a foreign Origin. */
export function corsOf(answers: Answers): Cors {
  const answer = answers.get('origin')
  if (!answer?.ok) return 'unknown'
  if (answer.status === 403) return 'restricted'
  const allowed = headerOf(answer, 'access-control-allow-origin')
  return allowed === '*' || allowed === 'https://scan.invalid' ? 'any' : 'unknown'
}
