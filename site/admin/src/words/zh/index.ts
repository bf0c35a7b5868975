/** Chinese, as an office clerk would write it. English has the same keys (`../en`). */

import { applications } from './applications'
import { certificates } from './certificates'
import { figures } from './figures'
import { frame } from './frame'
import { houses } from './houses'
import { names } from './names'
import { workers } from './workers'

export const zh = { ...frame, ...names, ...workers, ...applications, ...certificates, ...houses, ...figures } as const
