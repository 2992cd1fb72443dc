/** The workflow of a release: its shell steps run here in a copy of the project, and nothing is published. */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import { packageRoot, VERSION } from '../src/package.js'
import { readYaml, runStep, type Step } from './harness/workflow-steps.js'

interface Workflow {
  jobs: Record<string, { permissions: Record<string, string>; steps: Step[] }>
}

const WORKFLOW = readYaml('.github/workflows/release.yml') as Workflow

/** What the package and the checks of the steps need. */
const FILES = [
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist',
  'docs',
  'fixtures',
  'db/migrations'
]

const REPOSITORY = 'https://github.com/Example/oneuc-emulator'

/** Steps that the tests of the project are themselves. */
const LEFT_OUT = 'Install and test'

/** In place of the programs that publish: they write down how they were called. Only `npm publish --dry-run` is npm's own. */
const RECORDER = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'
const NPM = `#!/bin/sh
case "$*" in
  *--dry-run*) ;;
  publish*) echo "npm $*" >> "$CALLS"; exit 0 ;;
esac
PATH=\${PATH#*:} exec npm "$@"
`

/** Runs the jobs for a tag or a branch. */
function release(t: Test, ref: string) {
  const folder = t.testdir({ bin: { docker: RECORDER, gh: RECORDER, npm: NPM }, variables: '', calls: '' })
  const checkout = join(folder, 'checkout')
  for (const file of FILES) {
    mkdirSync(join(checkout, file, '..'), { recursive: true })
    cpSync(join(packageRoot(), file), join(checkout, file), { recursive: true })
  }
  for (const name of ['docker', 'gh', 'npm']) chmodSync(join(folder, 'bin', name), 0o755)
  const isTag = ref.startsWith('v')
  const context = {
    'github.repository': 'Example/oneuc-emulator',
    'github.token': 'token',
    'secrets.NPM_TOKEN': 'secret'
  }
  const environment: Record<string, string> = {
    GITHUB_ENV: join(folder, 'variables'),
    GITHUB_REF_NAME: ref,
    GITHUB_REPOSITORY: 'Example/oneuc-emulator',
    GITHUB_SHA: '0123456789abcdef',
    REPOSITORY: REPOSITORY,
    IS_RELEASE: String(isTag),
    CALLS: join(folder, 'calls'),
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`
  }
  const results: { name: string; status: number | null; output: string }[] = []
  for (const step of Object.values(WORKFLOW.jobs).flatMap(({ steps }) => steps)) {
    if (step.run === undefined || step.name === LEFT_OUT) continue
    results.push({ name: step.name ?? '', ...runStep(step, context, environment, checkout) })
    if (results.at(-1)?.status !== 0) break
    const variables = readFileSync(environment.GITHUB_ENV ?? '', 'utf8').trim()
    for (const line of variables.split('\n')) {
      const [name = '', value = ''] = line.split('=', 2)
      if (name !== '') environment[name] = value
    }
  }
  return { checkout, results, calls: readFileSync(join(folder, 'calls'), 'utf8') }
}

t.test('A rehearsal makes everything and publishes nothing', async (t) => {
  const { checkout, results, calls } = release(t, 'main')
  for (const { name, status, output } of results) t.equal(status, 0, `${name}: ${output}`)
  t.match(results.find(({ name }) => name === 'Publish the package')?.output, /public access \(dry-run\)/)
  t.match(calls, /^docker buildx build --platform linux\/amd64,linux\/arm64 .*--output type=cacheonly \.\n$/)

  const folder = join(checkout, 'release')
  const names = [`oneuc-emulator-${VERSION}.cdx.json`, `oneuc-emulator-${VERSION}.tgz`]
  const sums = names.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`
  )
  t.equal(readFileSync(join(folder, 'SHA256SUMS'), 'utf8'), sums.join(''))
  const { bomFormat, components } = JSON.parse(readFileSync(join(folder, names[0] ?? ''), 'utf8')) as {
    bomFormat: string
    components: { name: string }[]
  }
  t.equal(bomFormat, 'CycloneDX')
  for (const name of ['better-sqlite3', 'fastify', 'swagger-ui-dist']) {
    t.ok(
      components.some((one) => one.name === name),
      name
    )
  }

  // The package names its repository, and links to the documents of its version.
  const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Record<string, unknown>
  t.match(manifest, {
    repository: { type: 'git', url: `git+${REPOSITORY}.git` },
    homepage: `${REPOSITORY}/tree/v${VERSION}#readme`
  })
  const links = [...readFileSync(join(checkout, 'README.md'), 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(
    ([, to = '']) => to
  )
  const base = `${REPOSITORY}/blob/v${VERSION}/`
  const own = links.filter((link) => link.startsWith(base))
  t.ok(own.length > 10)
  for (const link of own) t.ok(existsSync(join(packageRoot(), link.slice(base.length).replace(/#.*/, ''))), link)
  t.same(
    links.filter((link) => !/^(?:https?:|#)/.test(link)),
    [],
    'no link is left that only the repository can follow'
  )
})

t.test('A tag publishes the package with provenance, the release, and the image for each platform', async (t) => {
  const { results, calls } = release(t, `v${VERSION}`)
  for (const { name, status, output } of results) t.equal(status, 0, `${name}: ${output}`)
  t.match(calls.split('\n'), [
    `npm publish ./release/oneuc-emulator-${VERSION}.tgz --access public --ignore-scripts --provenance`,
    new RegExp(`^gh release create v${VERSION} .*SHA256SUMS.* --repo ${REPOSITORY} --verify-tag`),
    /^docker buildx build --platform linux\/amd64,linux\/arm64 --provenance mode=max --sbom true .* --push \.$/
  ])
  t.match(calls, `--tag ghcr.io/example/oneuc-emulator:${VERSION} `)
  t.equal(WORKFLOW.jobs.package?.permissions['id-token'], 'write', 'which provenance needs')
})

t.test('A tag that is not the version ends the release before anything is published', async (t) => {
  const { results, calls } = release(t, 'v9.9.9')
  t.match(results, [{ name: 'Check the version', status: 1 }])
  t.equal(calls, '')
})
