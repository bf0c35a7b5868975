/** Every address, in one table. Hash history, so that the bucket needs no rewrites. */

import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'

import type { Right } from './access'
import type { Key } from './words'

declare module 'vue-router' {
  interface RouteMeta {
    title?: Key
    right?: Right
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/HomePage.vue'), meta: { title: 'nav.home' } },
  {
    path: '/applications',
    name: 'applications',
    component: () => import('./pages/ApplicationsPage.vue'),
    meta: { title: 'nav.applications', right: 'application.see' },
  },
  {
    path: '/applications/:id',
    name: 'application',
    component: () => import('./pages/ApplicationPage.vue'),
    props: true,
    meta: { title: 'nav.applications', right: 'application.see' },
  },
  {
    path: '/workers',
    name: 'workers',
    component: () => import('./pages/WorkersPage.vue'),
    meta: { title: 'nav.workers', right: 'worker.see' },
  },
  {
    path: '/workers/new',
    name: 'new-worker',
    component: () => import('./pages/NewWorkerPage.vue'),
    meta: { title: 'newWorker.title', right: 'worker.register' },
  },
  {
    path: '/workers/:id',
    name: 'worker',
    component: () => import('./pages/WorkerPage.vue'),
    props: true,
    meta: { title: 'nav.workers', right: 'worker.see' },
  },
  {
    path: '/certificates',
    name: 'certificates',
    component: () => import('./pages/CertificatesPage.vue'),
    meta: { title: 'nav.certificates', right: 'certificate.see' },
  },
  {
    path: '/certificates/:number',
    name: 'certificate',
    component: () => import('./pages/CertificatePage.vue'),
    props: true,
    meta: { title: 'nav.certificates', right: 'certificate.see' },
  },
  {
    path: '/card-batches',
    name: 'card-batches',
    component: () => import('./pages/CardBatchesPage.vue'),
    meta: { title: 'nav.cardBatches', right: 'card_batch.see' },
  },
  {
    path: '/card-batches/:id',
    name: 'card-batch',
    component: () => import('./pages/CardBatchPage.vue'),
    props: true,
    meta: { title: 'nav.cardBatches', right: 'card_batch.see' },
  },
  {
    path: '/companies',
    name: 'companies',
    component: () => import('./pages/CompaniesPage.vue'),
    meta: { title: 'nav.companies', right: 'company.list' },
  },
  {
    path: '/background',
    name: 'background',
    component: () => import('./pages/BackgroundPage.vue'),
    meta: { title: 'background.title', right: 'background.see' },
  },
  {
    path: '/companies/:id',
    name: 'company',
    component: () => import('./pages/CompanyPage.vue'),
    props: true,
    meta: { title: 'company.detail', right: 'company.see' },
  },
  {
    path: '/proposals',
    name: 'proposals',
    component: () => import('./pages/ProposalsPage.vue'),
    meta: { title: 'proposal.title', right: 'proposal.see' },
  },
  {
    path: '/appeals',
    name: 'appeals',
    component: () => import('./pages/AppealsPage.vue'),
    meta: { title: 'nav.appeals', right: 'appeal.see' },
  },
  {
    path: '/appeals/:id',
    name: 'appeal',
    component: () => import('./pages/AppealPage.vue'),
    props: true,
    meta: { title: 'nav.appeals', right: 'appeal.see' },
  },
  {
    path: '/bulk-stops',
    name: 'bulk-stops',
    component: () => import('./pages/BulkStopsPage.vue'),
    meta: { title: 'nav.bulk', right: 'bulk_stop.see' },
  },
  {
    path: '/bulk-stops/:id',
    name: 'bulk-stop',
    component: () => import('./pages/BulkStopPage.vue'),
    props: true,
    meta: { title: 'nav.bulk', right: 'bulk_stop.see' },
  },
  {
    path: '/reports',
    name: 'reports',
    component: () => import('./pages/ReportsPage.vue'),
    meta: { title: 'nav.reports', right: 'report.see' },
  },
  {
    path: '/reports/:id',
    name: 'report',
    component: () => import('./pages/ReportPage.vue'),
    props: true,
    meta: { title: 'nav.reports', right: 'report.see' },
  },
  {
    path: '/transfers',
    name: 'transfers',
    component: () => import('./pages/TransfersPage.vue'),
    meta: { title: 'nav.transfers', right: 'transfer.see' },
  },
  {
    path: '/transfers/:id',
    name: 'transfer',
    component: () => import('./pages/TransferPage.vue'),
    props: true,
    meta: { title: 'nav.transfers', right: 'transfer.see' },
  },
  {
    path: '/ends',
    name: 'ends',
    component: () => import('./pages/EndsPage.vue'),
    meta: { title: 'nav.ends', right: 'end.see' },
  },
  {
    path: '/rechecks',
    name: 'rechecks',
    component: () => import('./pages/RechecksPage.vue'),
    meta: { title: 'nav.rechecks', right: 'recheck.see' },
  },
  {
    path: '/ledger/:id?',
    name: 'ledger',
    component: () => import('./pages/LedgerPage.vue'),
    props: true,
    meta: { title: 'nav.ledger', right: 'audit.see' },
  },
  {
    path: '/notices',
    name: 'notices',
    component: () => import('./pages/NoticesPage.vue'),
    meta: { title: 'notices.title', right: 'notice.see' },
  },
  {
    path: '/city',
    name: 'city',
    component: () => import('./pages/CityPage.vue'),
    meta: { title: 'nav.city', right: 'city.see' },
  },
  {
    path: '/stats',
    name: 'stats',
    component: () => import('./pages/StatsPage.vue'),
    meta: { title: 'nav.stats', right: 'stats.see' },
  },
  {
    path: '/import/:id?',
    name: 'import',
    component: () => import('./pages/ImportPage.vue'),
    props: true,
    meta: { title: 'nav.import', right: 'import.make' },
  },
  {
    path: '/accounts',
    name: 'accounts',
    component: () => import('./pages/AccountsPage.vue'),
    meta: { title: 'nav.accounts', right: 'account.see' },
  },
  {
    path: '/clients/:id',
    name: 'client',
    component: () => import('./pages/ClientPage.vue'),
    props: true,
    meta: { title: 'client.detail', right: 'client.make' },
  },
  {
    path: '/second-factor',
    name: 'second-factor',
    component: () => import('./pages/FactorPage.vue'),
    meta: { title: 'factor.title', right: 'factor.own' },
  },
  {
    path: '/print/authorisation/:id',
    name: 'print-authorisation',
    component: () => import('./pages/AuthorisationPage.vue'),
    props: true,
    meta: { title: 'paper.authorisation', right: 'worker.see' },
  },
  {
    path: '/print/applicant/:id',
    name: 'print-applicant',
    component: () => import('./pages/ApplicantFormPage.vue'),
    props: true,
    meta: { title: 'paper.applicant', right: 'worker.see' },
  },
  {
    path: '/print/sheet/:id',
    name: 'print-sheet',
    component: () => import('./pages/CodeSheetPage.vue'),
    props: true,
    meta: { title: 'sheet.title', right: 'phone-page.make' },
  },
  {
    path: '/print/copy/:id',
    name: 'print-copy',
    component: () => import('./pages/CopyPage.vue'),
    props: true,
    meta: { title: 'paper.copy', right: 'worker.copy' },
  },
  {
    path: '/print/cards',
    name: 'print-cards',
    component: () => import('./pages/PrintCardsPage.vue'),
    props: (route) => ({ batch: route.query.batch }),
    meta: { title: 'cards.title', right: 'card.see' },
  },
  {
    path: '/print/card/:number',
    name: 'print-card',
    component: () => import('./pages/PrintCardsPage.vue'),
    props: true,
    meta: { title: 'cards.print', right: 'card.see' },
  },
  {
    path: '/print/hand-over',
    name: 'print-hand-over',
    component: () => import('./pages/HandOverPage.vue'),
    meta: { title: 'paper.handOver', right: 'application.see' },
  },
  {
    path: '/print/recheck-proof/:id',
    name: 'print-recheck-proof',
    component: () => import('./pages/RecheckProofPage.vue'),
    props: true,
    meta: { title: 'paper.proof', right: 'company.see' },
  },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const makeRouter = () =>
  createRouter({
    history: createWebHashHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
