/** The examples that cannot run on every machine are held to the program: their settings, paths and images. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseAllDocuments } from 'yaml'
import { packageRoot, VERSION } from '../../src/package.js'
import { NAMES } from '../../src/settings.js'
import { variableOf } from '../../src/text/setting.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { readYaml } from '../harness/workflow-steps.js'

const FOLDER = join(packageRoot(), 'examples')

/** What a run leaves behind. */
const LEFT_BEHIND = /(?:^|\/)(?:node_modules|target|__pycache__|\.pytest_cache)\//
const paths = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
  .filter((path) => !LEFT_BEHIND.test(path))
const files = paths.map((path) => ({ path, text: readFileSync(join(FOLDER, path), 'utf8') }))

function textOf(path: string): string {
  return files.find((file) => file.path === path)?.text ?? ''
}

t.test('each example begins its README with one command, and the list names it', async (t) => {
  const list = textOf('README.md')
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders) {
    t.match(textOf(`${name}/README.md`), /^# .+\n\n {4}\S/, name)
    t.ok(list.includes(`](${name})`), `${name} is listed`)
  }
})

t.test('each variable in an example is a setting, or tells tests where the emulator runs', async (t) => {
  const known = [...NAMES.map(variableOf), 'ONEUC_EMULATOR_URL']
  for (const { path, text } of files) {
    const variables = new Set(text.match(/ONEUC_EMULATOR_[A-Z_]*[A-Z]/g))
    for (const variable of variables) t.ok(known.includes(variable), `${path} has ${variable}`)
  }
})

t.test('each path of the admin API in an example exists', async (t) => {
  const { call } = await emulatorFor(t)
  const { paths } = (await call({ method: 'GET', url: '/__admin/openapi.json' })).body as { paths: object }
  const patterns = Object.keys(paths).map((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '.+')}$`))
  for (const { path, text } of files) {
    for (const [called] of text.matchAll(/\/__admin\/[a-z./-]+/g)) {
      const isKnown = patterns.some((pattern) => pattern.test(called.endsWith('/') ? `${called}name` : called))
      t.ok(isKnown || called === '/__admin/', `${path} calls ${called}`)
    }
  }
})

t.test('each image of the emulator has the version of the package', async (t) => {
  for (const { path, text } of files) {
    for (const [, version] of text.matchAll(/\/oneuc-emulator:([\w.-]+)/g)) t.equal(version, VERSION, path)
  }
})

t.test('each use of the action has the version of the package, and inputs and outputs that there are', async (t) => {
  const action = readYaml('action.yml') as Record<'inputs' | 'outputs', object>
  const pages = [...files, { path: 'docs/ci.md', text: readFileSync(join(packageRoot(), 'docs', 'ci.md'), 'utf8') }]
  let uses = 0
  for (const { path, text } of pages) {
    for (const [, folder = '', version] of text.matchAll(/uses: your-organisation\/oneuc-emulator(\/\S+)?@(\S+)/g)) {
      uses++
      t.equal(version, `v${VERSION}`, path)
      t.ok(existsSync(join(packageRoot(), folder, 'action.yml')), `${path}: ${folder}`)
    }
    for (const [, output = ''] of text.matchAll(/steps\.oneuc\.outputs\.([\w-]+)/g)) {
      t.ok(Object.hasOwn(action.outputs, output), `${path}: ${output}`)
    }
    for (const [, inputs = ''] of text.matchAll(/id: oneuc\n +with:\n((?: +[\w-]+: .*\n)+)/g)) {
      const names = [...inputs.matchAll(/^ +([\w-]+):/gm)].map(([, name = '']) => name).filter((name) => name !== 'env')
      for (const name of names) t.ok(Object.hasOwn(action.inputs, name), `${path}: ${name}`)
    }
  }
  t.ok(uses >= 4)
})

t.test('each YAML file can be read', async (t) => {
  const documents = files.filter(({ path }) => /\.ya?ml$/.test(path))
  t.ok(documents.length >= 5)
  for (const { path, text } of documents) {
    for (const document of parseAllDocuments(text)) t.same('errors' in document ? document.errors : [], [], path)
  }
})
