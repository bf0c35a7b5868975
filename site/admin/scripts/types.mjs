// Writes src/api/schema.d.ts from the API's own OpenAPI document.
// The document comes from a file or an address given as the argument, or else from the application of this checkout.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const ASK =
  'import app, json; from chalicelib.api.openapi import document; print(json.dumps(document(app.app.routes)))'

function fromCheckout() {
  const own = join(root, '.local/venv/bin/python')
  const python = existsSync(own) ? own : 'python3'
  const env = { AWS_DEFAULT_REGION: 'us-east-1', ...process.env }
  return execFileSync(python, ['-c', ASK], { cwd: root, env, maxBuffer: 2 ** 26 })
}

const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
try {
  let source = process.argv[2]
  if (!source) {
    source = join(folder, 'openapi.json')
    writeFileSync(source, fromCheckout())
  }
  const program = resolve(import.meta.dirname, '../node_modules/.bin/openapi-typescript')
  execFileSync(program, [source, '--default-non-nullable', 'false', '-o', 'src/api/schema.d.ts'], { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
