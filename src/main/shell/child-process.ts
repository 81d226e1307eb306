import { fork } from 'node:child_process'
import { type BackendLink, type BackendProgram, patienceMs } from './backend-link.ts'
import type { BackendNode } from './backend-node.ts'

/** The backend in an ordinary Node process, where Electron's own Node is too old for it. */
export function linkChildProcess(program: BackendProgram, node: BackendNode): BackendLink {
  const child = fork(program.entry, [...program.args], {
    execPath: node.path,
    execArgv: [],
    env: { ...process.env, ...node.env },
    serialization: 'advanced', // structured clone, as a utility process has it
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<number | null>(resolve => {
    child.once('exit', resolve)
    child.once('error', () => child.pid === undefined && resolve(null)) // could not be started
  })
  return {
    post: message => void (child.connected && child.send(message, () => {})),
    onMessage: listener => void child.on('message', listener),
    onExit: listener => void ended.then(listener),
    async stop() {
      if (child.connected) child.disconnect() // to the backend: its parent is gone
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await ended
      clearTimeout(timer)
    },
  }
}
