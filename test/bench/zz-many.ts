import { fork } from 'node:child_process'
import { join } from 'node:path'
import { readiness } from './figures.ts'
const child = fork(join(import.meta.dirname, 'many-hosts.ts'), ['2000'])
await readiness(child)
console.log('ready')
setTimeout(() => { child.kill('SIGKILL'); process.exit() }, 120_000)
