/** What `verify --replay` says of records, and what has changed since the last run. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { changesSince } from '../../src/contract/verify/baseline.js'
import { verdictMarkdown } from '../../src/contract/verify/verdict-markdown.js'
import type { JsonObject } from '../../src/json.js'
import type { HarRecord, RecordEntry } from '../../src/records/record.js'
import { DEMO, emulatorFor, type Call } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'
import { recorderFor, type Adapter } from './recorder.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const READ: Call = { method: 'GET', url: `${NUMBERS}/%2B14152338421` }
const SEARCH: Call = { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' }

/** Records calls to an emulator that has one number. */
async function recorded(t: Test, calls: readonly Call[], adapt?: Adapter): Promise<string> {
  const folder = t.testdir()
  const emulator = await emulatorFor(t)
  emulator.put({ e164: '+14152338421', state: 'in_service', owner: DEMO })
  const record = await recorderFor(t, emulator, folder, adapt === undefined ? {} : { adapt })
  await record(calls)
  return folder
}

/** A service that has renamed a field. */
const adapt: Adapter = ({ status, body }) => ({ status, body: body.replaceAll('"number_id"', '"numberId"') })

async function verify(folder: string, ...flags: string[]) {
  return await runInProcess(['verify', '--replay', folder, ...flags])
}

t.test('A field that the service has renamed is told in every form', async (t) => {
  const folder = await recorded(t, [SEARCH, READ, SEARCH], adapt)
  const files = Object.fromEntries(['json', 'junit', 'markdown'].map((name) => [name, join(folder, name)]))
  const flags = Object.entries(files).flatMap(([name, file]) => [`--report-${name}`, file])
  const { code, stdout } = await verify(folder, ...flags)
  t.equal(code, 3)
  const renamed = ['/data/*/numberId is in the record only', '/data/*/number_id is at the emulator only']
  const margin = ' '.repeat(15)
  t.equal(
    stdout,
    `same           read.success
different      search.success (2)
${renamed.map((one) => margin + one).join('\n')}

3 records: 1 same, 0 not comparable, 2 different
`
  )
  const [json = '', junit = '', markdown = ''] = Object.values(files).map((file) => readFileSync(file, 'utf8'))
  t.match(JSON.parse(json), {
    summary: { cases: 3, same: 1, 'not comparable': 0, different: 2 },
    cases: [{ name: 'search.success', file: '000001-search.har', result: 'different', differences: renamed }]
  })
  t.match(junit, /classname="replay\.search" name="success \(000001-search\.har\)"><failure message="different">\/data/)
  t.equal(
    markdown,
    `## Replay

3 records: 1 same, 0 not comparable, 2 different.

### Differences

| case | difference |
| --- | --- |
${renamed.map((one) => `| \`search.success\` | \`${one}\` |`).join('\n')}
`
  )
  const rules = join(folder, 'volatile.yaml')
  writeFileSync(rules, '/data/*/numberId: ignored\n/data/*/number_id: ignored\n')
  t.match(await verify(folder, '--volatile', rules), {
    code: 0,
    stdout: /^same +search\.success \(2\), read\.success$/m
  })
})

t.test('What has changed since the last run comes first', async (t) => {
  const folder = await recorded(t, [SEARCH, READ], adapt)
  const [last, markdown] = [join(folder, 'last.json'), join(folder, 'summary.md')]
  const first = await verify(folder, '--baseline', last, '--report-json', last)
  t.equal(first.code, 3, 'there is no last run before the first')
  t.notOk('changes' in (JSON.parse(readFileSync(last, 'utf8')) as object))
  await verify(folder, '--baseline', last, '--report-markdown', markdown)
  t.match(readFileSync(markdown, 'utf8'), /\n\nNothing has changed since the last run\.\n\n### Differences\n/)
  const record = await recorderFor(t, await emulatorFor(t), folder, { adapt: (one) => ({ ...one, status: 207 }) })
  await record([{ method: 'GET', url: NUMBERS }])
  const { stdout } = await verify(folder, '--baseline', last, '--report-markdown', markdown, '--json')
  const difference = 'the status is 207 in the record, and 200 at the emulator'
  t.match(JSON.parse(stdout), { changes: [{ name: 'list.success', change: 'new', before: [], now: [difference] }] })
  t.match(
    readFileSync(markdown, 'utf8'),
    `### Changed since the last run

|  | case | difference |
| --- | --- | --- |
| new | \`list.success\` | \`${difference}\` |

### Differences
`
  )
})

t.test('What a fault makes the service answer is told where the emulator would not answer so', async (t) => {
  const folder = t.testdir()
  const service = await emulatorFor(t)
  service.put({ e164: '+14152338421', state: 'in_service', owner: DEMO })
  const record = await recorderFor(t, service, folder)
  await record([READ])
  const faults = [
    { outcome: 'datastore_unreachable' },
    { status: 503, body: 'down' },
    { truncate_bytes: 9 },
    { fault: 'EMPTY_RESPONSE' },
    { delay_ms: 1 }
  ]
  for (const fault of faults) {
    await service.call({ method: 'PUT', url: '/__admin/faults', body: { faults: [{ operation: 'read', ...fault }] } })
    await record([READ])
  }
  const { code, stdout } = await verify(folder, '--json')
  t.equal(code, 3)
  t.match((JSON.parse(stdout) as { cases: object[] }).cases, [
    { name: 'read.success', result: 'same' },
    { name: 'read.datastore_unreachable', result: 'same' },
    {
      name: 'read.no_outcome',
      result: 'different',
      differences: [/^the status is 503 in the record, and 200/, /"down"/]
    },
    { result: 'not comparable', differences: [/closed the connection/] },
    { result: 'not comparable', differences: [/closed the connection/] },
    { name: 'read.success', result: 'same' }
  ])
})

const verdict = (name: string, result: 'same' | 'different' | 'skipped', ...differences: string[]) => ({
  name,
  result,
  differences
})

t.test('A difference is new, gone or changed, and what was not compared is none of these', async (t) => {
  const cases = [
    verdict('a.gone', 'different', '1'),
    verdict('a.changed', 'different', '1', '2'),
    verdict('a.changed', 'different', '2'),
    verdict('a.stays', 'different', '1'),
    verdict('a.absent', 'different', '1'),
    verdict('a.skipped', 'different', '1'),
    verdict('a.new', 'same')
  ]
  const verdicts = [
    verdict('a.gone', 'same'),
    verdict('a.changed', 'different', '2', '3'),
    verdict('a.stays', 'different', '1'),
    verdict('a.skipped', 'skipped'),
    verdict('a.new', 'different', '1')
  ]
  const changes = changesSince({ cases }, { verdicts })
  t.same(changes, [
    { name: 'a.gone', change: 'gone', before: ['1'], now: [] },
    { name: 'a.changed', change: 'changed', before: ['1', '2'], now: ['2', '3'] },
    { name: 'a.new', change: 'new', before: [], now: ['1'] }
  ])
  t.match(
    verdictMarkdown({ comparison: 'verify', verdicts }, changes),
    `## Verify

5 cases: 1 same, 1 skipped, 0 not reachable, 3 different.

### Changed since the last run

|  | case | difference |
| --- | --- | --- |
| gone | \`a.gone\` | \`1\` |
| changed | \`a.changed\` | \`3\` |
| gone | \`a.changed\` | \`1\` |
| new | \`a.new\` | \`1\` |
`
  )
})

t.test('Where nothing differs, the summary is one line', async (t) => {
  const verdicts = [verdict('a.b', 'same')]
  const text = '## Verify\n\n1 cases: 1 same, 0 skipped, 0 not reachable, 0 different.\n'
  t.equal(verdictMarkdown({ comparison: 'verify', verdicts }, undefined), text)
})

// prettier-ignore
const WRONG_CALLS: readonly [title: string, flags: readonly string[], message: RegExp][] = [
  ['a baseline that is no JSON', ['--baseline', 'text.json'], /--baseline: .*text\.json cannot be read: line 1, column 1/],
  ['a baseline that is no report', ['--baseline', 'other.json'], /--baseline: .*other\.json is no report of verify in JSON: must have the field cases\n$/],
  ['a baseline of another program', ['--baseline', 'cases.json'], /cases\.json is no report .*: \/cases\/0\/name must be a string: 7\n.*cases\.json is no report .*: \/cases\/0 must have the field differences\n.*: \/made_at must be a string: 1\n$/],
  ['a baseline that is too long', ['--baseline', 'long.json'], /--baseline: .*long\.json cannot be read: it has 64000001 bytes; at most 64000000 are read/],
  ['a server beside the records', ['--base-url', 'http://127.0.0.1:9'], /verify wants --base-url or --replay, not both/],
  ['records that are broken', [], /--replay: .*broken\.har cannot be read: line 1, column 1/],
  ['rules that are not there', ['--volatile', 'none.yaml'], /--volatile: none\.yaml: .*ENOENT/]
]
for (const [title, flags, message] of WRONG_CALLS) {
  t.test(`A replay does not begin, and writes nothing, with ${title}`, async (t) => {
    const long = Buffer.alloc(64_000_001)
    const cases = JSON.stringify({ made_at: 1, cases: [{ name: 7, result: 'same' }] })
    const files = { 'text.json': 'x', 'other.json': '{}', 'cases.json': cases, 'long.json': long, 'broken.har': 'x' }
    const folder = t.testdir(files)
    const paths = flags.map((one) => (one.endsWith('.json') ? join(folder, one) : one))
    const outcome = await verify(folder, ...paths, '--report-json', join(folder, 'report.json'))
    t.match(outcome, { code: 2, stdout: '', stderr: message })
    t.equal(readFileSync(join(folder, 'report.json'), { encoding: 'utf8', flag: 'a+' }), '')
  })
}

/** A record of a read, altered as a service or an accident could. */
async function altered(t: Test, alter: (entry: RecordEntry) => unknown): Promise<string> {
  const folder = await recorded(t, [READ])
  const file = join(folder, '000001-read.har')
  const record = JSON.parse(readFileSync(file, 'utf8')) as HarRecord
  alter(record.log.entries[0])
  writeFileSync(file, JSON.stringify(record))
  return folder
}

const packed = (pack: (text: string) => Buffer, name: string) => (entry: RecordEntry) => {
  const { content, headers } = entry.response
  headers.push({ name: 'Content-Encoding', value: name })
  const bytes = pack(content.text)
  Object.assign(content, { text: bytes.toString('base64'), encoding: 'base64', size: bytes.length })
}
const withText = (text: string, encoding?: 'base64') => (entry: RecordEntry) => {
  Object.assign(entry.response.content, { text, size: 0, encoding, mimeType: 'image/png' })
}

const accountOf = (data: JsonObject) => (entry: RecordEntry) => {
  Object.assign(entry, { _operation: 'read_account' })
  withText(JSON.stringify({ data }))(entry)
}

// prettier-ignore
const ALTERED: readonly [title: string, alter: (entry: RecordEntry) => unknown, code: number, says: RegExp][] = [
  ['packed by gzip', packed(gzipSync, 'gzip'), 0, /^same +read\.success$/m],
  ['packed by deflate', packed(deflateSync, 'deflate'), 0, /^same/m],
  ['packed by Brotli', packed(brotliCompressSync, 'BR'), 0, /^same/m],
  ['packed in another way', packed((text) => Buffer.from(text), 'zstd'), 1, /the answer is packed as zstd, which is not read$/m],
  ['packed gigabytes', packed(() => gzipSync(Buffer.alloc(40_000_000)), 'gzip'), 1, /is no text: Cannot create a Buffer larger than 32000000 bytes/],
  ['an image', withText('iVBORw0KGgo=', 'base64'), 1, /the answer, image\/png, is no text/],
  ['a page of a load balancer', withText('<html>'), 3, /the body is "<html>" in the record, and an object at the emulator/],
  ['cut off', ({ response }) => (response.content.size += 1), 1, /the record has only a part of the answer/],
  ['of a request that was cut off', ({ request }) => (request.bodySize += 1), 1, /the record has only a part of the request/],
  ['missing', (entry) => (entry._error = 'the service has reset the connection'), 1, /no whole answer: the service has reset the connection/],
  ['of another API', ({ request }) => (request.url = 'https://example.com/v1/messages'), 1, /\/v1\/messages is no path of this API/],
  ['below a path of a gateway', ({ request }) => (request.url = request.url.replace('/v2', '/telephony/v2')), 0, /^same/m],
  ['in a path that cannot be decoded', ({ request }) => (request.url = request.url.replace('%2B', '%zz')), 3, /the status is 200 in the record, and 4/],
  ['of an operation that there is not', (entry) => (entry._operation = 'teleport'), 3, /teleport\.success/],
  ['of no outcome', (entry) => (entry._outcome = null), 3, /read\.no_outcome/],
  ['of an account that cannot be', accountOf({ id: 'short', name: 'x', reseller_id: 'shorter' }), 1, /what was there before it cannot be set up: \/accounts\/0\/id must have at least 32 characters; \/accounts\/0\/parent must have .*; \/accounts\/1\/id must have /],
  ['of no operation', (entry) => (entry._operation = null), 3, /unmatched\.success/]
]
for (const [title, alter, code, says] of ALTERED) {
  t.test(`An answer that is ${title}`, async (t) => {
    t.match(await verify(await altered(t, alter)), { code, stdout: says, stderr: '' })
  })
}
