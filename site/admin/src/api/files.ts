/** Files of a worker: declared, sent to the store by its form, taken in, seen. */

import { t } from '@/words'

import { get, post, Problem, Submission } from './client'
import type { Body, FileAddress, StoredFile } from './types'

export const listFiles = (worker: string) => get('/api/workers/{worker}/files', { worker })

export const seeFile = (worker: string, file: string) =>
  get('/api/workers/{worker}/files/{file}', { worker, file })

/** Declare, send and finish one file; `progress` is told the percentage that has been sent. */
export async function addFile(
  worker: string,
  kind: Body<'NewFile'>['kind'],
  content: Blob,
  of: string | null,
  progress: (share: number) => void,
): Promise<StoredFile> {
  const body = { kind, type: content.type as Body<'NewFile'>['type'], size: content.size, sha256: await digest(content) }
  const address = await post('/api/workers/{worker}/files', { worker }, body)
  await sendTo(address, content, progress)
  return post('/api/workers/{worker}/files/{file}/finish', { worker, file: address.id }, { of }, new Submission())
}

async function digest(content: Blob): Promise<string> {
  const octets = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()))
  return [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** Send a content by the form of its address. XMLHttpRequest, since fetch tells of no progress. */
function sendTo(address: FileAddress, content: Blob, progress: (share: number) => void): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(address.fields)) form.append(name, value)
  form.append('file', content)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = (event) => event.lengthComputable && progress(Math.floor((event.loaded / event.total) * 100))
    request.onload = () => (request.status < 300 ? resolve() : reject(new Problem('not-sent', 503, t('files.notSent'))))
    request.onerror = request.ontimeout = () => reject(new Problem('network', 0, t('files.network')))
    request.timeout = 120_000
    request.open('POST', address.url)
    request.send(form)
  })
}
