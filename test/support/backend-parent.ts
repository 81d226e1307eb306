import { fork } from 'node:child_process'

// Starts a backend, tells its pid once it is up, and waits to be killed.
const [, , entry = '', folder = ''] = process.argv
const child = fork(entry, ['--data', folder])
child.once('message', () => process.send?.(child.pid))
setInterval(() => {}, 1000)
