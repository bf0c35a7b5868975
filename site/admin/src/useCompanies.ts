/** All active companies of the city, page by page, for choosing one. */

import { ref } from 'vue'

import { listCompanies } from './api/companies'
import type { CompanyBrief } from './api/types'
import { useTask } from './useTask'

const PAGES = 25

export function useCompanies() {
  const companies = ref<CompanyBrief[]>([])
  const load = useTask(async () => {
    companies.value = []
    let cursor: string | null = null
    for (let page = 0; page < PAGES; page += 1) {
      const found: Awaited<ReturnType<typeof listCompanies>> = await listCompanies('active', cursor, 200)
      companies.value = [...companies.value, ...found.items]
      cursor = found.next
      if (!cursor) return
    }
  }, { latest: true })
  return { companies, ...load }
}
