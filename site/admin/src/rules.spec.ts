import { describe, expect, it } from 'vitest'

import { movesOf, waitsFor } from './access'
import { rights } from './api/rights'
import { readConfig } from './config'
import { decoded, rowCount, written } from './csv'
import { beijing, today, urgency } from './days'
import { idFault } from './residentId'
import { en } from './words/en'
import { zh } from './words/zh'

describe('days', () => {
  it('are Shanghai days, wherever the browser stands', () => {
    expect(today(Date.parse('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
    expect(today(Date.parse('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
    expect(beijing('2026-11-21T16:05:00Z')).toBe('2026-11-22 00:05')
  })

  it('press when they come near or are over', () => {
    const on = '2026-11-21'
    expect([urgency(null, on), urgency('2026-11-20', on), urgency(on, on), urgency('2026-11-22', on), urgency('2026-11-23', on)])
      .toEqual(['none', 'overdue', 'soon', 'soon', 'fine'])
  })
})

describe('a resident ID', () => {
  it('is looked at while it is typed', () => {
    const on = '2026-11-21'
    expect(idFault('330299199001011239', on)).toBe(null)
    expect(idFault('330299199001011230', on)).toBe('check')
    expect(idFault('33029919900101123', on)).toBe('length')
    expect(idFault('33029919900101123A', on)).toBe('shape')
    expect(idFault('330299199002301230', on)).toBe('date')
    expect(idFault('330299201511220000', on)).toBe('young')
  })
})

describe('a CSV file', () => {
  const bytes = (...all: number[]): ArrayBuffer => new Uint8Array(all).buffer as ArrayBuffer

  it('is read in UTF-8, with or without a mark, and in GBK', () => {
    expect(decoded(bytes(0xef, 0xbb, 0xbf, 0xe5, 0xa7, 0x93))).toBe('姓')
    expect(decoded(bytes(0xd0, 0xd5))).toBe('姓')
  })

  it('is refused when it is no text', () => {
    expect(() => decoded(bytes(0x50, 0x4b, 0, 0))).toThrow()
  })

  it('counts rows, not line breaks inside quotes', () => {
    expect(rowCount('a,b\r\n1,"x\ny"\r\n2,z\r\n')).toBe(2)
    expect(rowCount('a,b')).toBe(0)
  })

  it('is written so that nothing runs as a formula', () => {
    expect(written([['=1+1', 'a,"b"']])).toBe('\ufeff\'=1+1,"a,""b"""\r\n')
  })
})

describe('configuration', () => {
  const auth = { issuer: 'i', client_id: 'c', authorization_endpoint: 'a', token_endpoint: 't' }

  it('comes from the top level', () => {
    expect(readConfig({ ...auth, demo: true, city_name: '宁波市' }, 'https://o')).toMatchObject({
      clientId: 'c', redirectUri: 'https://o/admin/index.html', scope: 'openid email', demo: true, cityName: '宁波市',
    })
  })

  it('comes from `auth`, with its own redirect and scope', () => {
    expect(readConfig({ auth: { ...auth, redirect_uri: 'https://o/admin/', scope: 'openid' } }, 'https://o'))
      .toMatchObject({ redirectUri: 'https://o/admin/', scope: 'openid', demo: false })
  })

  it('is refused when it names no place to sign in', () => {
    expect(() => readConfig({ ...auth, token_endpoint: '' }, 'https://o')).toThrow('token_endpoint')
  })
})

describe('roles', () => {
  it('are offered their own steps only', () => {
    expect(waitsFor('police')).toEqual(['background'])
    expect(waitsFor('association_clerk')).toEqual(['association_review', 'production', 'handover'])
    expect(movesOf('association_clerk', 'association_review')).not.toContain('refuse')
    expect(movesOf('hotline', 'association_review')).toEqual([])
  })

  it('wait for nothing that they could only give more time', () => {
    expect(movesOf('association_manager', 'background')).toEqual(['extend'])
    expect(waitsFor('association_manager')).not.toContain('background')
  })
})

describe('words', () => {
  it('name the codes of the server as the server does', () => {
    const { application, certificate, company, appeal, proposal, report, transfer, reveal } = rights
    const told = (kind: string, names: object) => Object.entries(names).map(([code, name]) => [`${kind}.${code}`, name])
    const named = Object.fromEntries([
      ...told('state', application.states), ...told('reason', application.return_reasons), ...told('extension', application.extension_reasons),
      ...told('move', Object.fromEntries(Object.entries(application.moves).map(([code, move]) => [code, move.name]))),
      ...told('certificate', certificate.states), ...told('turn', certificate.moves), ...told('turn.proposal', proposal.decisions),
      ...told('report', report.states), ...told('reportKind', report.kinds), ...told('reportMove', report.moves),
      ...told('transferMove', transfer.moves), ...told('revealPurpose', reveal.purposes), ...told('company', company.states), ...told('basis', Object.fromEntries(Object.entries(rights.bases).map(([code, basis]) => [code, basis.text]))), ...told('appeal', appeal.states), ...told('subject', appeal.subjects),
    ])
    expect(zh).toMatchObject(named)
  })

  it('have the same gaps in both languages', () => {
    const gaps = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
    const of = (book: Record<string, string>) => Object.entries(book).map(([key, text]) => [key, gaps(text)]).sort()
    expect(of(en)).toEqual(of(zh))
  })
})
