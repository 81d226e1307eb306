import { expect, test } from 'vitest'
import { isOurs } from '#main/shell/sender-check.ts'

function contents(url: string) {
  return { mainFrame: { url } }
}

test('a message counts only from the main frame of our window while it shows our page', () => {
  const ours = contents('app://paddock/index.html')
  expect(isOurs({ sender: ours, senderFrame: ours.mainFrame }, ours, null)).toBe(true)
  expect(isOurs({ sender: ours, senderFrame: ours.mainFrame }, null, null)).toBe(false)
  expect(isOurs({ sender: ours, senderFrame: { url: 'app://paddock/index.html' } }, ours, null)).toBe(false)
  expect(isOurs({ sender: ours, senderFrame: null }, ours, null)).toBe(false)

  const other = contents('app://paddock/index.html')
  expect(isOurs({ sender: other, senderFrame: other.mainFrame }, ours, null)).toBe(false)

  const strayed = contents('https://example.org/')
  expect(isOurs({ sender: strayed, senderFrame: strayed.mainFrame }, strayed, null)).toBe(false)
})
