import { type HttpBehaviour, http } from '../behaviour.ts'
import { plainDialect } from '../wire/plain.ts'
import { respond } from '../wire/response.ts'
import { byRoute, compactJson } from './routes.ts'

/** GPT4All: the OpenAI list and nothing else. No product of Paddock's list. */
export function gpt4All(): HttpBehaviour {
  const dialect = plainDialect({
    version: '1.1',
    headers: ({ headers }, { length, close }) => [
      ...headers,
      ['Content-Length', length],
      ['Connection', close ? 'close' : 'keep-alive'],
    ],
    refusal: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
  })
  const list = {
    object: 'list',
    data: [
      {
        id: 'Llama 3 8B Instruct',
        object: 'model',
        created: 0,
        owned_by: 'humanity',
        root: 'Llama 3 8B Instruct',
      },
    ],
  }
  return http(
    dialect,
    byRoute({ 'GET /v1/models': compactJson(list) }, () => respond(404, [], '')),
  )
}
