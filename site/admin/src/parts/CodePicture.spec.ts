import { screen } from '@testing-library/vue'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { open } from '@/tests/signed'
import { serve } from '@/tests/stub'
import CodePicture from './CodePicture.vue'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>&#32511;</title></svg>'
const CARD = {
  number: '33020026000000017', name: '王秀芳', photo: null, issuer: '宁波市协会', issued_on: '2026-11-22', url: 'HTTPS://X/V/Y', svg: SVG,
  png: 'data:image/png;base64,AAAA',
}
const PHONE = { number: CARD.number, colour: 'yellow', word: '黄码', day: '2026-11-22', url: CARD.url, svg: SVG }

function show(kind: 'card' | 'phone', answer: { status?: number; body: unknown }) {
  serve({ [`GET /api/certificates/${CARD.number}/${kind}`]: answer })
  open(CodePicture, { number: CARD.number, kind })
}

afterEach(() => vi.unstubAllGlobals())

describe('the picture of a code', () => {
  it('gives a card to print as SVG and as PNG', async () => {
    show('card', { body: CARD })
    const svg = await screen.findByRole('link', { name: '下载 SVG' })
    expect(svg.getAttribute('download')).toBe('33020026000000017-卡面二维码.svg')
    expect(decodeURIComponent(svg.getAttribute('href') ?? '')).toBe(`data:image/svg+xml,${SVG}`)
    expect(screen.getByRole('link', { name: '下载 PNG' }).getAttribute('href')).toBe(CARD.png)
  })

  it('says the colour of a telephone’s code in words, with its day', async () => {
    show('phone', { body: PHONE })
    expect(await screen.findByRole('img', { name: '黄码 2026-11-22' })).toBeTruthy()
    expect(screen.queryByRole('link', { name: '下载 PNG' })).toBeNull()
  })

  it('says why no card can be made', async () => {
    show('card', { status: 409, body: { type: 'card-of-red-code', detail: '今天是红码，不能制卡' } })
    expect(await screen.findByText('今天是红码，不能制卡')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
