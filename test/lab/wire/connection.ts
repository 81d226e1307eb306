import type { Socket } from 'node:net'
import type { HttpBehaviour, TalkingBehaviour } from '../behaviour.ts'
import { RequestReader } from './reader.ts'
import type { Request } from './request.ts'

/** Go waits so long after a refusal before it drops the connection, so that the client can read the answer. */
const lingerMs = 500
const goOn = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n')

/** Serves one connection: every whole request is reported and answered, pipelined ones in one write. */
export function serveHttp(
  socket: Socket,
  behaviour: HttpBehaviour,
  report: (request: Request) => void,
): void {
  const reader = new RequestReader()
  socket.on('data', chunk => {
    reader.push(chunk)
    const { output, close } = answerAll(reader, behaviour, report)
    if (output.length > 0) socket.write(output.length === 1 ? (output[0] ?? '') : Buffer.concat(output))
    if (close !== null) endAfter(socket, close)
  })
}

interface Turn {
  readonly output: Buffer[]
  /** Milliseconds until the connection is dropped, null to keep it. */
  readonly close: number | null
}

function answerAll(
  reader: RequestReader,
  behaviour: HttpBehaviour,
  report: (request: Request) => void,
): Turn {
  const output: Buffer[] = []
  for (;;) {
    const next = reader.next()
    if (reader.takeContinue()) output.push(goOn)
    if (next === null) return { output, close: null }
    if ('kind' in next) return { output: [...output, behaviour.dialect.refuse(next)], close: lingerMs }
    report(next)
    const answer = behaviour.dialect.answer(next, behaviour.answer(next))
    output.push(answer.bytes)
    if (answer.close) return { output, close: 0 }
  }
}

function endAfter(socket: Socket, delayMs: number): void {
  socket.removeAllListeners('data')
  socket.resume()
  socket.end()
  if (delayMs === 0) socket.destroySoon()
  else setTimeout(() => socket.destroy(), delayMs).unref()
}

/** Serves one connection of something that does not speak HTTP. */
export function serveTalk(socket: Socket, behaviour: TalkingBehaviour): void {
  if (behaviour.greeting !== null) socket.write(behaviour.greeting)
  socket.on('data', () => {
    if (behaviour.reply !== null) socket.write(behaviour.reply)
    if (behaviour.hangsUp) endAfter(socket, 0)
  })
}
