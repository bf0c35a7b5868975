import { post, type Submission } from './client'
import type { Body } from './types'

export const offerFactor = (submission: Submission) => post('/api/me/second-factor/offer', {}, {}, submission)

export const confirmFactor = (body: Body<'FactorCode'>, submission: Submission) =>
  post('/api/me/second-factor/confirm', {}, body, submission)

export const checkFactor = (body: Body<'FactorCode'>, submission: Submission) =>
  post('/api/me/second-factor/check', {}, body, submission)
