import { post, type Submission } from './client'
import type { Body, FactorOffer, Standing } from './types'

export const offerFactor = (submission: Submission) => post<FactorOffer>('/api/me/second-factor/offer', {}, submission)

export const confirmFactor = (body: Body<'FactorCode'>, submission: Submission) =>
  post<{ recovery_codes: string[] }>('/api/me/second-factor/confirm', body, submission)

export const checkFactor = (body: Body<'FactorCode'>, submission: Submission) =>
  post<Standing>('/api/me/second-factor/check', body, submission)
