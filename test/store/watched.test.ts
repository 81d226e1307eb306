import { expect, it } from 'vitest'
import { setPresence, watchedBetween } from '#main/store/endpoints.ts'
import { addressKeyOf } from '#main/store/keys.ts'
import { ollamaAt, recorded } from '../support/recorded.ts'

it('targets of which a scan must tell what becomes of them are those at which something is not known to be gone', () => {
  const world = recorded()
  world.scan({ seen: ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address => ollamaAt(address)) })
  setPresence(world.store, { id: 2, presence: 'gone' })
  setPresence(world.store, { id: 3, presence: 'not-covered' })
  const between = (first: string, last: string) =>
    watchedBetween(world.store, { site: world.site, first: addressKeyOf(first), last: addressKeyOf(last) })
  expect(between('10.0.0.0', '10.0.0.255')).toEqual(['10.0.0.1:11434', '10.0.0.3:11434'])
  expect(between('10.0.0.2', '10.0.0.2')).toEqual([])
  const six = Buffer.from(addressKeyOf('fd00::7')).toString('hex')
  world.store.connection.exec(
    `UPDATE endpoints SET address = 'fd00::7', address_key = x'${six}' WHERE id = 1`,
  )
  expect(between('fd00::', 'fd00::ff')).toEqual(['[fd00::7]:11434'])
})
