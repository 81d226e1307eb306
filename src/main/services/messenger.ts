import type { Owning } from './context.ts'
import { deliverWebhooks } from './webhooks.ts'

/** How often it is looked whether somebody has to be told something. */
const everyMs = 15_000

/** Tells webhooks of findings, one round after the other. */
export function createMessenger(context: Owning): { close(): Promise<void> } {
  let running: Promise<void> | null = null
  const round = () => {
    running ??= deliverWebhooks(context)
      .catch(error => context.log.error({ err: error }, 'webhooks could not be told'))
      .finally(() => {
        running = null
      })
  }
  const clock = setInterval(round, everyMs).unref()
  return {
    async close() {
      clearInterval(clock)
      await running
    },
  }
}
