/** The files of a worker: their list, one that is being sent, and one that is looked at. */

import { ref } from 'vue'

import { Problem } from './api/client'
import { addFile, listFiles, seeFile } from './api/files'
import type { FileKind, Files, StoredFile } from './api/types'
import { smaller } from './pictures'
import { useTask } from './useTask'
import { t } from './words'

const TYPES = ['image/jpeg', 'image/png', 'application/pdf']
const MB = 1024 * 1024
const MARGIN_MS = 30_000

/** What is to be sent: a file, its kind, and the exam or insurance that it proves. */
export interface Wanted {
  file: File
  kind: FileKind
  of: string | null
}

/** A file and the address at which it can be looked at for some minutes. */
export interface Seen {
  file: StoredFile
  url: string
  type: string
  expires: string
}

/** `changed` is called when a file was taken in, since the archive has it then. */
export function useFiles(worker: string, changed: () => void = () => undefined) {
  const files = ref<Files>({ items: [], duplicates: [] })
  const share = ref(0)
  const seen = ref<Seen | null>(null)
  const given = new Map<string, Seen>()

  const load = useTask(async () => {
    files.value = await listFiles(worker)
  }, { latest: true })

  const send = useTask(async (wanted: Wanted): Promise<StoredFile> => {
    share.value = 0
    const content = await prepared(wanted)
    if (!TYPES.includes(content.type)) throw new Problem('wrong-type', 400, t('files.types'))
    if (content.size > 10 * MB) throw new Problem('too-large', 400, t('files.tooLarge'))
    return addFile(worker, wanted.kind, content, wanted.of, (told) => (share.value = told))
  }, { done: () => { void load.run(); changed() } })

  const see = useTask(async (file: StoredFile) => {
    // an address that was given is good for some minutes: asked for again, it would be counted and told again
    const known = given.get(file.id)
    const still = known && Date.parse(known.expires) - Date.now() > MARGIN_MS
    seen.value = still ? known : { file, ...(await seeFile(worker, file.id)) }
    given.set(file.id, seen.value)
  })

  return { files, share, seen, load, send, see }
}

/** A photo is always drawn anew, upright and small; a paper's picture only where a telephone made it large. */
async function prepared({ file, kind }: Wanted): Promise<Blob> {
  const large = file.type.startsWith('image/') && file.size > MB
  if (kind !== 'photo' && !large) return file
  const small = await smaller(file, kind === 'photo' ? 1600 : 2400)
  if (small) return small
  throw new Problem('wrong-type', 400, t('files.noPicture'))
}
