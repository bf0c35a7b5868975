/** English, with the keys of `../zh`. */

import { applications } from './applications'
import { certificates } from './certificates'
import { figures } from './figures'
import { frame } from './frame'
import { houses } from './houses'
import { names } from './names'
import { workers } from './workers'
import type { Key } from '../index'

export const en: Record<Key, string> = { ...frame, ...names, ...workers, ...applications, ...certificates, ...houses, ...figures }
