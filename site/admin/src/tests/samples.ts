/** An invented worker and application, as the API shows them. */

import type { Appeal, Application, ApplicationBrief, BulkStop, City, Company, Figures, StoredFile, Worker } from '@/api/types'

export const worker: Worker = {
  id: 'w1', revision: 5, name: '王秀芳', service_types: ['居家保姆'], identity: 'verified', education: null, skills: [],
  company: { id: 'c1', name: '宁波某家政（演示）', state: 'active' },
  exams: [{ id: 'e1', category: '居家', from: '2026-03-02', until: '2027-03-02', issuer: '某医院', reference_recorded: false, file: null, distrust: null }],
  insurances: [{ id: 'i1', from: '2026-01-01', until: '2099-12-31', third_party: true, issuer: '某保险', reference_recorded: false, file: null, distrust: null }],
  training: { state: 'done', done_on: '2026-05-18', issuer: '某培训中心', file: null, distrust: null },
  consent: { given_on: '2026-05-10', withdrawn_on: null, text: '2026-1', file: null, separate: ['photo', 'health', 'background'], at: null, given_by: 'staff', withdrawn_by: null, recorded: null, undone_at: null },
  background: { conclusion: 'none', checked_on: null, due_on: null, batch: null },
  certificate: null, stop: null, applications: [{ id: 'w1-1', state: 'association_review' }], transfer_due_on: null, erased_on: null,
}

export const application: Application = {
  id: 'w1-1', state: 'association_review', kind: 'new', urgency: 'in-time', duplicates: [], state_name: '协会审核', company: 'c1', opened_on: '2026-11-11',
  submitted_on: '2026-11-11', due_on: '2026-11-20', step_due_on: '2026-11-16', waiting_since: null, extension: null, provisional: false, revision: 5, worker,
  steps: [
    { move: 'submit', source: 'draft', target: 'company_review', by: 'a', role: 'company_clerk', at: '2026-11-11T17:30:00Z', reasons: [], note: null, receipt: null, job: null },
  ],
  moves: ['accept', 'return'],
  extension_reasons: { verification: '材料需进一步核实' },
  return_reasons: { 'exam-unclear': '体检合格证模糊、不全或无章', other: '其他（请在备注中写明）' },
}

export const brief = (id: string, name: string): ApplicationBrief => ({
  id, worker: id.slice(0, 2), name, state: 'association_review', company: 'c1', company_name: '宁波某家政（演示）',
  opened_on: '2026-11-11', due_on: '2026-11-20', waiting_since: null, service_types: ['保洁'], kind: 'new', batch: null, revision: 7,
})

export const file = (id: string, more: Partial<StoredFile> = {}): StoredFile => ({
  id, kind: 'exam', type: 'image/jpeg', size: 204_800, sha256: '0'.repeat(64), scan: 'not-scanned',
  at: '2026-11-21T03:00:00Z', of: 'e1', fault: null, gone_on: null, ...more,
})

export const appeal: Appeal = {
  id: 'w1-A1', worker: 'w1', name: '王秀芳', subject: 'colour', subject_name: '安心码颜色', about: '33020026000000017',
  statement: '体检已于 11 月 10 日重新做过', channel: 'company', by: 'a', company: 'c1', state: 'filed', state_name: '复核中', filed_on: '2026-11-16', due_on: '2026-11-23',
  provisional: false, flagged: true, decided_by: null, decided_on: null, reason: null, follows: null, revision: 9, moves: ['uphold', 'overturn'],
}

export const bulkStop: BulkStop = {
  id: 'b1', kind: 'exam', names: ['某体检中心'], from: null, until: null, move: 'suspend', basis: 'source', ground: '某函 8 号', by_name: '沈国良',
  at: '2026-11-21T02:00:00Z', state: 'previewed', counted: { 某体检中心: 120 }, rows: 120, certificates: 112, applications: 5, slices: 0, revision: 2, progress: null, decisions: ['confirm', 'refuse'],
}

export const company: Company = {
  id: 'c1', name: '宁波某家政（演示）', credit_code: '91330200MA00000000', district: '江北区', state: 'active', since: '2025-03-01', ground: null,
  revision: 5, representative: null, staff_employed: false, commitment_on: null, reported_late: 0, change: null,
}

export const city: City = {
  id: '330200', name: '宁波市', association: '协会', hotline: '12345', standing: null, revision: 4,
  overrides: [{ from: '2026-10-01', overrides: { grounds: { 'training-missing': 'grey' } } }],
  may: [
    { from: '2020-09-02', activation_required: true, grounds: { 'exam-missing': ['grey', 'red'], 'training-missing': ['grey', 'red'] } },
    { from: '2099-01-01', activation_required: false, grounds: { 'exam-missing': ['grey'] } },
  ],
}

export const figures: Figures = {
  workers: 12, holders: 9, shown: 3, holding_rate: 0.75, showing_rate: 0.3333,
  colours: { green: 6, yellow: 2, red: 1, grey: 0 }, certificates: { active: 9 }, services: { 保洁: 5, 养老照护: 4 },
  backlog: [{ step: 'association_review', open: 5, late: 2 }],
  weeks: [{ week: '2026-11-16', leaves_green: 1, ends: { exam: 1, insurance: 0, background: 0, review: 0, certificate: 0 } }],
  months: [
    { month: '2026-10', submitted: 3, in_time: 2, late: 1, returned: { 'exam-unclear': 3 }, refused: {} },
    { month: '2026-11', submitted: 2, in_time: 2, late: 0, returned: { 'exam-unclear': 1 }, refused: { 'background-failed': 1 } },
  ],
}
