import { lockFolder } from '#main/store/folder-lock.ts'

// Takes the data folder named by its argument and holds it until it is killed.
const [, , folder = ''] = process.argv
lockFolder(folder, {
  pid: process.pid,
  name: 'child',
  since: '2026-11-23T00:00:00.000Z',
  socket: '',
  token: '',
})
process.send?.('locked')
setInterval(() => {}, 1000)
