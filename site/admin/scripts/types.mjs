// Writes what the API says of itself: src/api/schema.d.ts from its OpenAPI document, src/api/rights.ts from its rules.
// With --check nothing is written: it fails when either file is not what this checkout says.
// The document may come from a file or an address given as the argument; it alone is written then.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const site = resolve(import.meta.dirname, '..')
const ASK =
  'import app, json; from chalicelib.api.openapi import document; print(json.dumps(document(app.app.routes)))'

function python(...told) {
  const own = join(root, '.local/venv/bin/python')
  const env = { AWS_DEFAULT_REGION: 'us-east-1', PYTHONIOENCODING: 'utf-8', ...process.env }
  return execFileSync(existsSync(own) ? own : 'python3', told, { cwd: root, env, maxBuffer: 2 ** 26 })
}

function schema(source, target) {
  const program = join(site, 'node_modules/.bin/openapi-typescript')
  execFileSync(program, [source, '--default-non-nullable', 'false', '-o', target], { cwd: site, stdio: ['ignore', 'ignore', 'inherit'] })
}

const told = process.argv.slice(2)
const check = told.includes('--check')
const given = told.find((one) => one !== '--check')
const folder = mkdtempSync(join(tmpdir(), 'types-'))
const made = (name) => join(check ? folder : join(site, 'src/api'), name)
const files = given ? ['schema.d.ts'] : ['schema.d.ts', 'rights.ts']
try {
  if (!given) {
    writeFileSync(join(folder, 'openapi.json'), python('-c', ASK))
    writeFileSync(made('rights.ts'), python('-m', 'scripts.rights'))
  }
  schema(given ?? join(folder, 'openapi.json'), made('schema.d.ts'))
  const old = check ? files.filter((name) => !readFileSync(join(site, 'src/api', name)).equals(readFileSync(made(name)))) : []
  for (const name of old) console.error(`src/api/${name} is not what the API says: run "npm run types"`)
  process.exitCode = old.length ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
