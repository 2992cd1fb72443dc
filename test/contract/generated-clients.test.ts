/** Clients that generators make of the description of the admin API compile, and drive an emulator. The tools are on the PATH. */
import { execFile, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import t from 'tap'
import ts from 'typescript'
import { createEmulator } from '../../src/library.js'

const run = promisify(execFile)

interface Generator {
  tool: string
  args: readonly string[]
  /** What a user writes: it resets the sandbox, adds a fault, and waits for a request that meets it. */
  program: string
}

const MEET_FAULT = `
const account = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const met = await fetch(url + '/v2/accounts/' + account + '/phone_numbers', { headers: { 'x-auth-token': 'mine' } })
const status: number = met.status
`

const GENERATORS: readonly Generator[] = [
  {
    tool: 'swagger-typescript-api',
    args: ['generate', '--path', 'admin.json', '--output', 'generated', '--name', 'client.ts'],
    program: `
import { Api } from './generated/client'
const url: string = process.argv[2] ?? ''
const api = new Api({ baseUrl: url })
const reset = await api.admin.resetSandbox()
const fault = await api.admin.addFault({ operation: 'list', outcome: 'unspecified_fault', times: 1 })
${MEET_FAULT}
const waited = await api.admin.waitForRequests({ operation: 'list', count: 1, timeout_ms: 60000 })
const fields: [string, string, number, string | null | undefined] =
  [reset.data.status, fault.data.id, status, waited.data.requests[0]?.outcome]
console.log(JSON.stringify(fields))
`
  },
  {
    tool: 'openapi-ts',
    args: ['--input', 'admin.json', '--output', 'generated', '--client', '@hey-api/client-fetch'],
    program: `
import { client } from './generated/client.gen'
import { addFault, resetSandbox, waitForRequests } from './generated/sdk.gen'
const url: string = process.argv[2] ?? ''
client.setConfig({ baseUrl: url })
const reset = await resetSandbox({ throwOnError: true })
const fault = await addFault({ body: { operation: 'list', outcome: 'unspecified_fault', times: 1 }, throwOnError: true })
${MEET_FAULT}
const waited = await waitForRequests({ body: { operation: 'list', count: 1, timeout_ms: 60000 }, throwOnError: true })
const fields: [string, string, number, string | null | undefined] =
  [reset.data.status, fault.data.id, status, waited.data.requests[0]?.outcome]
console.log(JSON.stringify(fields))
`
  }
]

for (const { tool, args, program } of GENERATORS) {
  const isThere = spawnSync(tool, ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0
  t.test(
    `A client that ${tool} generates resets, adds a fault and waits`,
    { skip: !isThere && `needs ${tool}` },
    async (t) => {
      const emulator = await createEmulator()
      t.teardown(() => emulator.close())
      const folder = t.testdir({ 'admin.json': JSON.stringify(await emulator.openapi()) })
      await run(tool, args, { cwd: folder })
      const [source, built] = [join(folder, 'main.ts'), join(folder, 'main.mjs')]
      writeFileSync(source, program)
      t.same(typeErrors(source), [])
      await build({
        entryPoints: [source],
        outfile: built,
        bundle: true,
        platform: 'node',
        format: 'esm',
        logLevel: 'error'
      })
      const { stdout } = await run(process.execPath, [built, emulator.url])
      t.same(JSON.parse(stdout), ['reset', '1', 500, 'unspecified_fault'])
    }
  )
}

function typeErrors(source: string): string[] {
  const compiler = ts.createProgram([source], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node']
  })
  return ts
    .getPreEmitDiagnostics(compiler)
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}
