import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import type { RecordedRequest } from '../../src/journal/recorded-request.js'
import { requestBodyOf, responseBodyOf, toRecord } from '../../src/records/record.js'
import { readRecords, RecordFolder, type FoundRecord } from '../../src/records/record-folder.js'
import { MAX_FILE_BYTES } from '../../src/state/json-file.js'

const RECORDED: RecordedRequest = {
  id: '1',
  request: {
    url: '/v2/phone_numbers?prefix=415',
    absoluteUrl: 'https://api.example.com/v2/phone_numbers?prefix=415',
    method: 'GET',
    clientIp: '127.0.0.1',
    headers: { 'x-auth-token': '[redacted]' },
    body: '',
    loggedDate: 0,
    loggedDateString: '1970-01-01T00:00:00.000Z'
  },
  response: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":[]}', duration_ms: 1.5 },
  wasMatched: true,
  sandbox: 'default',
  operation: 'search',
  outcome: 'success',
  fault: null,
  changes: [],
  warnings: ['prefix_form']
}
const FINDINGS = {
  url: RECORDED.request.absoluteUrl,
  dialect: 'oneuc',
  emulated: { unknown: 'the offers are not known' },
  error: undefined
} as const
const SEARCH = toRecord(RECORDED, { isUtf8: true }, FINDINGS)

t.test('records count up from those that the folder has, and are read in that order', async (t) => {
  const folder = join(t.testdir(), 'made', 'records')
  new RecordFolder(folder).write(SEARCH)
  const again = new RecordFolder(folder)
  again.write(toRecord({ ...RECORDED, operation: 'buy' }, { isUtf8: true }, FINDINGS))
  again.write(toRecord({ ...RECORDED, operation: null, outcome: null }, { isUtf8: true }, FINDINGS))
  const names = ['000001-search.har', '000002-buy.har', '000003-unmatched.har']
  t.same(readdirSync(folder), names, 'nothing unfinished is left')
  const found = [...readRecords(folder)]
  t.same(
    found.map(({ file, entry }) => [file, entry._operation, entry._outcome]),
    [
      [names[0], 'search', 'success'],
      [names[1], 'buy', 'success'],
      [names[2], null, null]
    ]
  )
  const [{ entry }] = found as [FoundRecord]
  t.match(entry, { _dialect: 'oneuc', _warnings: ['prefix_form'], _emulator: FINDINGS.emulated })
  t.same(responseBodyOf(entry), { bytes: Buffer.from('{"data":[]}'), isWhole: true })
  t.same(requestBodyOf(entry), { bytes: Buffer.from(''), isWhole: true })
})

t.test('two proxies with one folder take no name from each other, whatever is unfinished', async (t) => {
  const folder = t.testdir({ '000003-search.har.tmp': '' })
  const both = [new RecordFolder(folder), new RecordFolder(folder)]
  const written = [1, 2, 3].flatMap(() => both.map((one) => basename(one.write(SEARCH))))
  const names = ['1', '2', '4', '5', '6', '7'].map((digit) => `00000${digit}-search.har`)
  t.same(written, names)
  t.same(
    readdirSync(folder).filter((name) => name.endsWith('.har')),
    names
  )
})

t.test('a body that is no UTF-8 keeps its bytes, and one that was cut says so', async (t) => {
  const { request, response } = RECORDED
  const record = toRecord(
    {
      ...RECORDED,
      request: { ...request, body: 'caf\u00e9', bodyEncoding: 'latin1' },
      response: { ...response, body: '\u0089PNG', bodyCutBytes: 10 }
    },
    { isUtf8: false },
    { ...FINDINGS, error: 'the answer is too long' }
  )
  const [entry] = record.log.entries
  t.equal(entry._error, 'the answer is too long')
  t.same(requestBodyOf(entry), { bytes: Buffer.from([0x63, 0x61, 0x66, 0xe9]), isWhole: true })
  t.same(responseBodyOf(entry), { bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47]), isWhole: false })
})

/** A folder that holds one file. */
function folderWith(text: string | Buffer) {
  return { '1.har': text }
}

const FULL = JSON.stringify(SEARCH)
// prettier-ignore
const UNREADABLE: readonly [title: string, text: string | Buffer, message: RegExp][] = [
  ['a record that is no JSON', 'HTTP/1.1 200 OK', /--replay: .*1\.har cannot be read: .*line 1/],
  ['a record that is cut off', FULL.slice(0, 300), /--replay: .*1\.har cannot be read: .*line 1/],
  ['an archive of a browser with two entries', JSON.stringify({ log: { version: '1.2', entries: [...SEARCH.log.entries, ...SEARCH.log.entries] } }), /\/log\/entries must have at most 1 item/],
  ['an archive of a browser', FULL.replace('"_operation"', '"_initiator"'), /1\.har is no record: \/log\/entries\/0 must have the field _operation$/],
  ['a record of an older form', FULL.replace('"_emulator":{"unknown"', '"_emulator":{"said"'), /^.*is no record: \/log\/entries\/0\/_emulator must have the field status\n.*is no record: \/log\/entries\/0\/_emulator must have the field body$/],
  ['a record that nests without end', FULL.replace('{"unknown":"the offers are not known"}', `${'['.repeat(300)}${']'.repeat(300)}`), /must not nest deeper than 200 levels/],
  ['a record that is larger than any', Buffer.alloc(MAX_FILE_BYTES + 1), /1\.har cannot be read: it has 64000001 bytes; at most 64000000 are read/]
]

for (const [title, text, message] of UNREADABLE) {
  t.test(`${title} is refused with its file and place`, async (t) => {
    const folder = t.testdir(folderWith(text))
    t.throws(() => [...readRecords(folder)], { name: 'UsageError', message })
  })
}

t.test(
  'a record is refused with everything that is wrong with it, each with its place, its value and what would be right',
  async (t) => {
    const [entry] = SEARCH.log.entries
    const wrong = {
      ...entry,
      request: { ...entry.request, url: `ftp://${'x'.repeat(200)}`, headers: [{ name: 'accept', value: 1 }, 'accept'] },
      response: { ...entry.response, status: '200' },
      _operation: 7,
      _dialect: 'kazoo',
      _emulator: { status: null }
    }
    const folder = t.testdir(folderWith(JSON.stringify({ log: { version: '1.1', entries: [wrong] } })))
    const file = `--replay: ${join(folder, '1.har')} is no record: /log`
    t.throws(() => [...readRecords(folder)], {
      message: [
        `${file}/entries/0/_dialect must be one of oneuc, kazoo-4.3: "kazoo"`,
        `${file}/entries/0/_emulator/status must be a whole number: null`,
        `${file}/entries/0/_emulator must have the field body`,
        `${file}/entries/0/_operation must be a string or null: 7`,
        `${file}/entries/0/request/headers/0/value must be a string: 1`,
        `${file}/entries/0/request/headers/1 must be an object with name, value: "accept"`,
        `${file}/entries/0/request/url must be a URL that begins with http:// or https://, such as https://api.example.com/v2: "ftp://${'x'.repeat(93)}…`,
        `${file}/entries/0/response/status must be a whole number: "200"`,
        `${file}/version must be 1.2: "1.1"`
      ].join('\n')
    })
  }
)

t.test('a record that an editor has saved with a byte order mark is read', async (t) => {
  t.equal([...readRecords(t.testdir(folderWith(`\uFEFF${FULL}`)))].length, 1)
})

t.test('a folder, or a link that leads nowhere, is no record', async (t) => {
  const folders = t.testdir({ folder: { '1.har': {} }, link: { '1.har': t.fixture('symlink', 'none.har') } })
  t.throws(() => [...readRecords(join(folders, 'folder'))], { message: /1\.har cannot be read: EISDIR/ })
  t.throws(() => [...readRecords(join(folders, 'link'))], { message: /1\.har cannot be read: ENOENT/ })
})

t.test('a folder without records, or none at all, is refused', async (t) => {
  const folder = t.testdir({ 'notes.txt': '' })
  t.throws(() => [...readRecords(folder)], { message: /has no records/ })
  t.throws(() => [...readRecords(join(folder, 'absent'))], { message: /there is no such folder/ })
})

t.test('a folder that cannot be used for records is refused, and so is one that is full', async (t) => {
  const folder = t.testdir({ file: '', full: { 'notes.txt': '', '999999-buy.har': '' } })
  t.throws(() => new RecordFolder(join(folder, 'file')), { name: 'UsageError', message: /--record: .*cannot be used/ })
  t.throws(() => new RecordFolder(join(folder, 'full')).write(SEARCH), { message: /is full: it has 999999 records/ })
})

t.test('a record that cannot be written leaves no file with its name', async (t) => {
  const folder = join(t.testdir(), 'records')
  const records = new RecordFolder(folder)
  rmSync(folder, { recursive: true })
  t.throws(() => records.write(SEARCH), { code: 'ENOENT' })
  t.notOk(existsSync(folder))
})
