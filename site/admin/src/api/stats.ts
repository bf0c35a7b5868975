import { get } from './client'

export const fetchStats = () => get('/api/stats', {})
