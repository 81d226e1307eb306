import { utilityProcess } from 'electron'
import { type BackendLink, type BackendProgram, patienceMs } from './backend-link.ts'

/** The backend in Electron's own Node: the usual way. */
export function linkUtilityProcess(program: BackendProgram): BackendLink {
  const child = utilityProcess.fork(program.entry, [...program.args], {
    serviceName: 'Paddock backend',
    stdio: 'inherit',
  })
  const started = new Promise<void>(resolve => child.once('spawn', resolve))
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  return {
    post: message => child.postMessage(message),
    onMessage: listener => void child.on('message', listener),
    onExit: listener => void ended.then(listener),
    async stop() {
      await Promise.race([started, ended]) // before that there is nothing to end
      const { pid } = child
      child.kill() // SIGTERM where there are signals
      const timer = setTimeout(() => pid !== undefined && process.kill(pid, 'SIGKILL'), patienceMs)
      await ended
      clearTimeout(timer)
    },
  }
}
