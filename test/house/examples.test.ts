/** The examples that cannot run on every machine are held to the program: their settings, paths and images. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseAllDocuments } from 'yaml'
import { packageRoot, VERSION } from '../../src/package.js'
import { NAMES, variableOf } from '../../src/settings.js'
import { emulatorFor } from '../harness/emulator-under-test.js'

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
    for (const [called] of text.matchAll(/\/__admin\/[a-z./]+/g)) {
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

t.test('each YAML file can be read', async (t) => {
  const documents = files.filter(({ path }) => /\.ya?ml$/.test(path))
  t.ok(documents.length >= 5)
  for (const { path, text } of documents) {
    for (const document of parseAllDocuments(text)) t.same('errors' in document ? document.errors : [], [], path)
  }
})
