import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOwnerCsv } from '#main/exchange/owner-csv.ts'

describe('a file of owners', () => {
  it('is understood in the ways spreadsheets write it', () => {
    const semicolons =
      '\uFEFFAnzeigename;E-Mail;Abteilung;Personalnummer;Art\r\nAda Lovelace;ada@example.org;Analytik;17;Person\r\n'
    const expected = {
      kind: 'person',
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      externalId: '17',
      unit: 'Analytik',
    }
    expect(readOwnerCsv(semicolons, {}).owners).toEqual([expected])
    const tabs = 'id\tname\tmail\tdepartment\n17\tAda Lovelace\tada@example.org\tAnalytik'
    expect(readOwnerCsv(tabs, {}).owners).toEqual([expected])
    const quoted = 'name,email\n"Lovelace, Ada","ada@example.org"\n'
    expect(readOwnerCsv(quoted, {}).owners[0]?.name).toBe('Lovelace, Ada')
  })

  it('takes the columns it is told', () => {
    const csv = 'Wer,Wohin\nTeam KI,ki@example.org\n'
    expect(readOwnerCsv(csv, {}).owners).toEqual([])
    expect(readOwnerCsv(csv, { name: 'Wer', email: 'Wohin' }).owners).toMatchObject([
      { name: 'Team KI', email: 'ki@example.org' },
    ])
  })

  it('says of every line it does not take why, with the number an editor shows', () => {
    const csv = [
      'name,email,kind',
      'Ada,ada@example.org,person',
      ',nobody@example.org,person',
      '"two',
      'lines",x,person',
      'Bob,bob@example.org,king',
      '',
      'Ada again,ADA@example.org,person',
      'too,many,fields,here',
      'Team,,team',
    ].join('\n')
    const read = readOwnerCsv(csv, {})
    expect(read.owners.map(owner => owner.name)).toEqual(['Ada', 'Team'])
    expect(read.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'name-missing'],
      [4, 'email-malformed'],
      [6, 'kind-unknown'],
      [8, 'duplicate-in-file'],
      [9, 'field-count'],
    ])
    expect(read.lines).toBe(7)
  })

  it('loses no line, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: fc.constantFrom(...'ab@.,;"\n\r\t =é') }), body => {
        const read = readOwnerCsv(`name,email\n${body}`, {})
        expect(read.owners.length + read.rejects.length).toBe(read.lines)
      }),
    )
  })
})
