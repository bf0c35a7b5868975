import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { CardBatch, OrderedCard } from '@/api/types'
import { open, signedIn } from '@/tests/signed'
import { serve } from '@/tests/stub'
import CardBatchPage from './CardBatchPage.vue'

const ID = '20261122-K7PM'
const card = (number: string, name: string, hindrance: string | null = null): OrderedCard => ({
  application: `${number}-1`, number: `3302002600000001${number}`, name, issuer: '宁波市家庭服务业协会', issued_on: '2026-11-20',
  url: `HTTPS://ANXINMA.EXAMPLE/V/${number}`, company_name: '宁波某家政（演示）', state: 'production', hindrance,
})
const batch: CardBatch = {
  id: ID, state: 'ordered', at: '2026-11-22T02:00:00Z', by_name: '周敏', members: 3, made: 0, made_on: null, unit_fen: null, limit_fen: 1000,
  dear: false, revision: 1, cards: [card('1', '王秀芳'), card('2', '李桂兰'), card('3', '赵美娟', '已补办换码或另发新证，这张勿制')],
}
const BATCH = `GET /api/card-batches/${ID}`

afterEach(() => vi.unstubAllGlobals())

describe('a batch of cards', () => {
  it('is recorded but for what was not made, at its price in fen', async () => {
    signedIn('print_vendor')
    const asked = serve({
      [BATCH]: { body: batch },
      [`POST /api/card-batches/${ID}/made`]: {
        body: { done: 1, failed: 0, items: [{ id: '1-1', problem: null }], batch: { ...batch, state: 'made', made: 1, made_on: '2026-11-22', unit_fen: 1250, dear: true } },
      },
    })
    open(CardBatchPage, { id: ID })
    const user = userEvent.setup()
    await user.click(await screen.findByRole('checkbox', { name: '李桂兰的卡未制成' }))
    await user.type(screen.getByLabelText(/单价/), '12.5')
    expect(screen.getByText('高于每张 10.00 元的限价')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: '登记 1 张制成' }))
    expect(await screen.findByText('制成 1 张，共 3 张')).toBeTruthy()
    expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ revision: 1, spoiled: ['2-1'], unit_fen: 1250 })
  })

  it('says of a card why it is not to be made, and offers no box for it', async () => {
    signedIn('print_vendor')
    serve({ [BATCH]: { body: batch } })
    open(CardBatchPage, { id: ID })
    expect(await screen.findByText('已补办换码或另发新证，这张勿制')).toBeTruthy()
    expect(screen.getAllByRole('checkbox')).toHaveLength(2)
    expect(screen.getByText(/有 1 张不要制作/)).toBeTruthy()
  })

  it('sends no price that is none', async () => {
    signedIn('print_vendor')
    const asked = serve({ [BATCH]: { body: batch } })
    open(CardBatchPage, { id: ID })
    const user = userEvent.setup()
    await user.type(await screen.findByLabelText(/单价/), '八块')
    await user.click(screen.getByRole('button', { name: '登记 2 张制成' }))
    expect(await screen.findByText('请填写金额，例如 8.50')).toBeTruthy()
    expect(asked.some((one) => one.method === 'POST')).toBe(false)
  })

  it('that came is only to be read', async () => {
    signedIn('association_clerk')
    serve({ [BATCH]: { body: { ...batch, state: 'made', made: 2, made_on: '2026-11-22' } } })
    open(CardBatchPage, { id: ID })
    await screen.findByText('制成 2 张，共 3 张')
    expect(screen.queryByRole('checkbox')).toBeNull()
    expect(screen.queryByText(/不要制作/)).toBeNull()
  })
})
