import { afterEach, describe, expect, it, vi } from 'vitest'

import { serve } from '@/tests/stub'
import { auth, get, post, Problem, Submission } from './client'

const KEY = 'Idempotency-Key'
const keyOf = (asked: { headers: Record<string, string> } | undefined): string | undefined => asked?.headers[KEY]

afterEach(() => {
  vi.unstubAllGlobals()
  auth.token = async () => null
  auth.refused = async () => false
  auth.weak = async () => false
})

describe('asking the API', () => {
  it('sends the access token as bearer', async () => {
    auth.token = async () => 'token-1'
    const asked = serve({ 'GET /api/me': { body: { id: 'a' } } })
    expect(await get('/api/me', {})).toEqual({ id: 'a' })
    expect(asked[0]?.headers.Authorization).toBe('Bearer token-1')
  })

  it('fills the gaps of an address, whatever stands in a name', async () => {
    const asked = serve({})
    await get('/api/workers/{worker}/files/{file}', { worker: 'a/b', file: '一' }).catch(() => null)
    expect(asked[0]?.path).toBe('/api/workers/a%2Fb/files/%E4%B8%80')
  })

  it('knows no address, gap or content that the API does not describe', () => {
    const written = () => [
      // @ts-expect-error there is no such address
      get('/api/nowhere', {}),
      // @ts-expect-error this one cannot be read
      get('/api/notices/read', {}),
      // @ts-expect-error a gap is left
      get('/api/workers/{worker}', {}),
      // @ts-expect-error the list cannot be asked for this
      get('/api/workers', {}, { colour: 'red' }),
      // @ts-expect-error this is another address's content
      post('/api/notices/read', {}, { revision: 1 }),
    ]
    expect(written).toBeTypeOf('function')
  })

  it('leaves empty query values out', async () => {
    const asked = serve({ 'GET /api/workers?limit=50': { body: {} } })
    await get('/api/workers', {}, { state: '', cursor: null, limit: 50 })
    expect(asked[0]?.path).toBe('/api/workers?limit=50')
  })

  it('keeps the key of a submission that did not come through, and takes a new one afterwards', async () => {
    let times = 0
    const asked = serve({ 'POST /api/notices/read': () => (++times === 1 ? new Error('offline') : { body: {} }) })
    const submission = new Submission()
    await expect(post('/api/notices/read', {}, { notices: ['1'] }, submission)).rejects.toMatchObject({ kind: 'network', again: true })
    await post('/api/notices/read', {}, { notices: ['1'] }, submission)
    await post('/api/notices/read', {}, { notices: ['1'] }, submission)
    expect(keyOf(asked[1])).toBe(keyOf(asked[0]))
    expect(keyOf(asked[2])).not.toBe(keyOf(asked[1]))
  })

  it('sends the same content under the same key again, once the second step was taken', async () => {
    let passed = false
    auth.weak = async () => (passed = true)
    const weak = { status: 403, body: { type: 'second-factor-needed', detail: '请先完成第二步验证' } }
    const asked = serve({ 'POST /api/notices/read': () => (passed ? { body: { id: 'w' } } : weak) })
    expect(await post('/api/notices/read', {}, { notices: ['1'] })).toEqual({ id: 'w' })
    expect(asked.map((one) => one.body)).toEqual([{ notices: ['1'] }, { notices: ['1'] }])
    expect(keyOf(asked[1])).toBe(keyOf(asked[0]))
  })

  it('gives up when the second step is not taken', async () => {
    serve({ 'GET /api/workers': { status: 403, body: { type: 'second-factor-needed', detail: '请先完成第二步验证' } } })
    await expect(get('/api/workers', {})).rejects.toMatchObject({ kind: 'second-factor-needed', status: 403 })
  })

  it('takes a new key when the content was changed', async () => {
    const asked = serve({ 'POST /api/notices/read': { status: 503, body: { type: 'unavailable', detail: '稍后' } } })
    const submission = new Submission()
    await post('/api/notices/read', {}, { notices: ['1'] }, submission).catch(() => null)
    await post('/api/notices/read', {}, { notices: ['2'] }, submission).catch(() => null)
    expect(keyOf(asked[0])).not.toBe(keyOf(asked[1]))
  })

  it('gives a refusal in words, with every fault', async () => {
    const faults = [{ field: 'name', code: 'missing', message: '必填项未填写' }]
    serve({ 'POST /api/notices/read': { status: 400, body: { type: 'malformed', detail: '有 1 处错误', errors: faults } } })
    const problem = await post('/api/notices/read', {}, { notices: [] }).catch((error: unknown) => error as Problem)
    expect(problem).toMatchObject({ kind: 'malformed', status: 400, message: '有 1 处错误', faults, again: false })
  })

  it('says something useful when the answer is no JSON', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 504 }))
    await expect(get('/api/me', {})).rejects.toMatchObject({ status: 504, again: true, message: expect.stringContaining('不会重复办理') })
  })

  it('asks again with a new token after a 401, under the same key', async () => {
    let token = 'old'
    auth.token = async () => token
    auth.refused = async () => { token = 'new'; return true }
    const asked = serve({
      'POST /api/notices/read': ({ headers }) => (headers.Authorization === 'Bearer new' ? { body: { id: 'w' } } : { status: 401, body: {} }),
    })
    expect(await post('/api/notices/read', {}, { notices: ['1'] })).toEqual({ id: 'w' })
    expect(keyOf(asked[1])).toBe(keyOf(asked[0]))
  })

  it('gives up when nobody signs in again', async () => {
    serve({ 'GET /api/me': { status: 401, body: {} } })
    await expect(get('/api/me', {})).rejects.toMatchObject({ kind: 'signed-out' })
  })
})
