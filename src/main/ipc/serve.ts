import type { EventName, EventOf } from '#shared/ipc/contract.ts'
import { type FromBackend, ToBackend } from '#shared/ipc/message.ts'
import type { Router } from './router.ts'

/** Something messages can be sent to. */
export type Send = (message: FromBackend) => void

/** The backend's end of a connection: takes calls, sends replies and events. Knows nothing of what carries them. */
export interface Served {
  receive(message: unknown): void
  emit<K extends EventName>(name: K, value: EventOf<K>): void
}

export function serve(router: Router, send: Send, onError: (error: unknown) => void): Served {
  const open = new Map<number, AbortController>()
  return {
    receive(message) {
      const call = ToBackend.safeParse(message)
      // Whoever sends something else is no client of ours: there is nobody to answer.
      if (!call.success) return
      if (call.data.type === 'cancel') return open.get(call.data.id)?.abort()
      const { id, channel, input, pass } = call.data
      const giveUp = new AbortController()
      open.set(id, giveUp)
      router(channel, input, { signal: giveUp.signal, pass })
        .then(
          result => send({ type: 'reply', id, result }),
          (error: unknown) => {
            // Given up by whoever asked: no mistake, and nobody waits for the answer.
            if (!giveUp.signal.aborted) onError(error)
            const message = error instanceof Error ? error.message : String(error)
            send({ type: 'reply', id, result: { ok: 'error', message } })
          },
        )
        .finally(() => open.delete(id))
    },
    emit: (name, value) => send({ type: 'event', name, value }),
  }
}
