import { describe, expect, it } from 'vitest'
import { formulae } from '#main/exchange/formulae.ts'

describe('text a spreadsheet would run', () => {
  it.each(['=1+1', '+1', '-1', '--', '-cmd|x', '@sum(1)', '\t=1', '\r=1', '=\n1'])('is %j', text => {
    expect(formulae.test(text)).toBe(true)
  })

  it.each(['-', '', '1-1', 'a=b', ' =1'])('is not %j', text => {
    expect(formulae.test(text)).toBe(false)
  })
})
