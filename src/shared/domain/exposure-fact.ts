import * as z from 'zod'

/** What an exposure fact is about, in the order it is shown, each with the values it can have. */
export const exposureValues = {
  'access-api': ['open', 'auth-required', 'forbidden', 'unknown'],
  'access-v1': ['open', 'auth-required', 'forbidden', 'unknown'],
  namespaces: ['alike', 'partly-guarded', 'unknown'],
  management: ['reachable', 'partly', 'blocked', 'unknown'],
  'web-sites': ['any', 'restricted', 'unknown'],
  'host-names': ['any', 'checked', 'unknown'],
  transport: ['clear-text', 'tls'],
  front: ['none', 'some'],
  cloud: ['on', 'off', 'unknown'],
  'remote-models': ['none', 'some', 'unknown'],
  'foreign-models': ['none', 'some', 'unknown'],
  'in-memory': ['none', 'some', 'unknown'],
  'system-prompts': ['none', 'some', 'partly-unknown', 'unknown'],
} as const
export type ExposureName = keyof typeof exposureValues
export const exposureNames = Object.keys(exposureValues) as ExposureName[]

/** One thing an endpoint exposes, or what protects it: how it is known and what that rests on. */
export const ExposureFact = z.object({
  /** Key of its name and of how it is known, `exposure.<name>` and `exposureMethod.<name>` in the terms. */
  name: z.enum(exposureNames as [ExposureName, ...ExposureName[]]),
  /** Key of its value, `exposureValue.<value>`. */
  value: z.string(),
  /** What it is in this case: routes, models, hosts, as the server wrote them. */
  details: z.array(z.string()),
  /** The questions it rests on, with their answers: `GET /api/tags → 200`. Empty: nobody was asked. */
  evidence: z.array(z.string()),
})
export type ExposureFact = z.infer<typeof ExposureFact>
