/** Which files `--db` takes, and what becomes of those that it refuses. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import t from 'tap'
import { createDatabases } from '../../db/databases.js'
import { NO_ROWS } from '../../db/database.js'
import { newNumber } from '../../src/numbering/phone-number.js'
import { DEMO, emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'

const LIST = `/v2/accounts/${DEMO}/phone_numbers`

/** Makes a database with a table of another program. */
function makeForeign(file: string, pragma = ''): void {
  const connection = new Connection(file)
  connection.exec(`CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('x'); ${pragma}`)
  connection.close()
}

/** Makes a database of this program. */
function makeOwn(file: string): void {
  const databases = createDatabases(file, NO_ROWS)
  databases.open(undefined, () => undefined).close()
  databases.unlock()
}

/** Fills the pages after the first with what no page is. */
function damage(file: string): void {
  const bytes = readFileSync(file)
  const [pageSize, pageCount] = [4_096, 4]
  writeFileSync(file, bytes.fill(0xff, pageSize, pageSize * pageCount))
}

interface Refusal {
  /** Makes the file, and returns what `--db` names. */
  make: (folder: string) => string
  says: RegExp
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'a folder': { make: (folder) => folder, says: /is not the path of a file$/ },
  'a pipe': {
    make(folder) {
      execFileSync('mkfifo', [join(folder, 'pipe')])
      return join(folder, 'pipe')
    },
    says: /pipe: is no regular file$/
  },
  'a file with two names': {
    make(folder) {
      makeOwn(join(folder, 'one.db'))
      linkSync(join(folder, 'one.db'), join(folder, 'other.db'))
      return join(folder, 'other.db')
    },
    says: /other\.db: has a second name \(a hard link\)$/
  },
  'a link to nothing': {
    make(folder) {
      symlinkSync(join(folder, 'nothing'), join(folder, 'link.db'))
      return join(folder, 'link.db')
    },
    says: /link\.db: the file that it links to is not there$/
  },
  'a link to itself': {
    make(folder) {
      symlinkSync(join(folder, 'loop.db'), join(folder, 'loop.db'))
      return join(folder, 'loop.db')
    },
    says: /loop\.db: the file that it links to cannot be reached \(ELOOP\)$/
  },
  'a folder that is not there': {
    make: (folder) => join(folder, 'missing', 'x.db'),
    says: /x\.db: its folder is not there$/
  },
  'a place where nothing can be written': {
    make(folder) {
      mkdirSync(join(folder, 'x.db-lock'))
      return join(folder, 'x.db')
    },
    says: /x\.db: no file can be written beside it \(unable to open database file\)$/
  },
  'a name that is too long': {
    make: (folder) => join(folder, `${'x'.repeat(300)}.db`),
    says: /x\.db: cannot be reached \(ENAMETOOLONG\)$/
  },
  'a file with a folder where its replacements are written': {
    make(folder) {
      mkdirSync(join(folder, 'x.db-incoming'))
      return join(folder, 'x.db')
    },
    says: /x\.db-incoming: cannot be removed \(.*EISDIR\)$/
  },
  'the name of no file': { make: () => ':memory:', says: /":memory:": is no name of a file$/ },
  'a text': {
    make(folder) {
      writeFileSync(join(folder, 'notes.txt'), 'no database, but long enough to be looked at\n'.repeat(100))
      return join(folder, 'notes.txt')
    },
    says: /notes\.txt: file is not a database$/
  },
  'a database with the tables of another program': {
    make(folder) {
      makeForeign(join(folder, 'browser.db'))
      return join(folder, 'browser.db')
    },
    says: /browser\.db: belongs to another program \(application_id 0 instead of \d+\)$/
  },
  'a database with the mark of another program': {
    make(folder) {
      makeForeign(join(folder, 'marked.db'), 'DROP TABLE bookmark; PRAGMA application_id = 7')
      return join(folder, 'marked.db')
    },
    says: /marked\.db: belongs to another program \(application_id 7 instead of \d+\)$/
  },
  'a database of a newer version': {
    make(folder) {
      const file = join(folder, 'newer.db')
      makeOwn(file)
      const connection = new Connection(file)
      connection.pragma('user_version = 99')
      connection.close()
      return file
    },
    says: /newer\.db: made by a newer version \(99 migrations, \d+ known\)$/
  },
  'a database that is cut short': {
    make(folder) {
      const file = join(folder, 'short.db')
      makeOwn(file)
      truncateSync(file, 5_000)
      return file
    },
    says: /short\.db: database disk image is malformed$/
  },
  'a database with damaged pages': {
    make(folder) {
      const file = join(folder, 'damaged.db')
      makeOwn(file)
      damage(file)
      return file
    },
    says: /damaged\.db: database disk image is malformed \(.*\)$/
  },
  'a file where the folder of the sandboxes should be': {
    make(folder) {
      writeFileSync(join(folder, 'x.db-sandboxes'), '')
      return join(folder, 'x.db')
    },
    says: /x\.db-sandboxes: cannot be read \(ENOTDIR\)$/
  }
}

for (const [what, { make, says }] of Object.entries(REFUSALS)) {
  t.test(`--db refuses ${what}, and says so in one line`, async (t) => {
    const db = make(t.testdir({}))
    const before = existsSync(db) && statSync(db).isFile() ? readFileSync(db) : undefined
    const { code, stdout, stderr } = await runInProcess(['--port', '0', '--db', db])
    t.match({ code, stdout }, { code: 2, stdout: '' })
    t.match(stderr, /^oneuc-emulator: [^\n]*\n$/, 'one line')
    t.match(stderr.trimEnd(), says)
    if (before !== undefined) t.ok(readFileSync(db).equals(before), 'the file is as it was')
    t.notOk(existsSync(`${db}-wal`), 'and nothing lies beside it')
  })
}

t.test('an option may name no file, either', async (t) => {
  await t.rejects(emulatorFor(t, { db: '' }), { name: 'DatabaseError', message: '"": is no name of a file' })
})

t.test('a database has one lock under all of its names', async (t) => {
  const folder = t.testdir({})
  const [db, link, way] = [join(folder, 'numbers.db'), join(folder, 'link.db'), join(folder, 'way')]
  await emulatorFor(t, { db })
  symlinkSync(db, link)
  symlinkSync(folder, way)
  for (const name of [link, join(way, 'numbers.db'), join(way, 'link.db')]) {
    t.match(await runInProcess(['--port', '0', '--db', name]), { code: 2, stderr: /another process uses it/ }, name)
  }
})

t.test('a link to a database is kept, and its sandboxes lie beside the file', async (t) => {
  const folder = t.testdir({ real: {} })
  const db = join(folder, 'real', 'numbers.db')
  makeOwn(db)
  symlinkSync(db, join(folder, 'link.db'))
  await t.test('used', async (t) => {
    const { call } = await emulatorFor(t, { db: join(folder, 'link.db') })
    await call({ method: 'POST', url: '/__admin/sandboxes/mine' })
  })
  t.same(readdirSync(folder).sort(), ['link.db', 'real'])
  t.same(readdirSync(`${db}-sandboxes`), ['mine.db'])
})

const inSandbox = ({ call }: Subject, name: string) =>
  call({ method: 'GET', url: `/sandboxes/${name}${LIST}`, token: 'x' })

t.test('a sandbox whose file cannot be used fails alone, until it is dropped', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  await t.test('made', async (t) => {
    const { call } = await emulatorFor(t, { db })
    for (const name of ['good', 'bad', 'text']) await call({ method: 'POST', url: `/__admin/sandboxes/${name}` })
  })
  const folder = `${db}-sandboxes`
  damage(join(folder, 'bad.db'))
  writeFileSync(join(folder, 'text.db'), 'no database at all\n'.repeat(1_000))
  mkdirSync(join(folder, 'folder.db'))
  symlinkSync(join(folder, 'good.db'), join(folder, 'link.db'))
  writeFileSync(join(folder, '-no name.db'), '')
  const subject = await emulatorFor(t, { db })
  const { call } = subject
  const reasons = [
    ['bad', /malformed/],
    ['text', /not a database/],
    ['folder', /is a folder/],
    ['link', /no regular file/]
  ] as const
  for (const [name, cause] of reasons) {
    const answer = await inSandbox(subject, name)
    t.match(answer, { status: 500, body: { message: 'sandbox unusable', data: { cause }, status: 'error' } }, name)
    t.notMatch(answer.text, db)
    t.match(await call({ method: 'GET', url: `/sandboxes/${name}/__admin/state` }), {
      status: 500,
      body: { error: 'failure', message: /DELETE \/__admin\/sandboxes\// }
    })
  }
  t.equal((await inSandbox(subject, 'good')).status, 200)
  t.equal((await call({ method: 'GET', url: LIST, token: 'x' })).status, 200)
  t.match((await call({ method: 'GET', url: '/__admin/sandboxes' })).body, {
    sandboxes: [{ name: 'default' }, { name: 'good' }]
  })
  t.equal((await call({ method: 'DELETE', url: '/__admin/sandboxes/bad' })).status, 200)
  t.equal((await inSandbox(subject, 'bad')).status, 200, 'it begins anew')
})

/** Puts a folder where an open sandbox has its file, so that the file cannot be deleted. */
function replaceByFolder(db: string, name: string): void {
  const file = join(`${db}-sandboxes`, `${name}.db`)
  rmSync(file)
  mkdirSync(file)
}

t.test('a sandbox whose file cannot be deleted is dropped, and the admin API says that the file stays', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  const subject = await emulatorFor(t, { db })
  const { call } = subject
  await inSandbox(subject, 'mine')
  replaceByFolder(db, 'mine')
  const dropped = await call({ method: 'DELETE', url: '/__admin/sandboxes/mine' })
  t.match(dropped, {
    status: 409,
    body: { error: 'file', message: /^the file of the sandbox cannot be deleted \(\w+\); remove it by hand$/, at: '' }
  })
  t.notMatch(dropped.text, db)
  t.notMatch((await call({ method: 'GET', url: '/__admin/sandboxes' })).text, /mine/)
})

t.test('a sandbox whose file cannot be deleted makes room for another one', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  const subject = await emulatorFor(t, { db, maxSandboxes: 1 })
  await inSandbox(subject, 'old')
  replaceByFolder(db, 'old')
  t.equal((await inSandbox(subject, 'new')).status, 200)
})

t.test('a sandbox whose file cannot be made leaves none behind', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  const subject = await emulatorFor(t, { db })
  writeFileSync(`${db}-sandboxes`, '')
  t.match(await inSandbox(subject, 'mine'), { status: 500, body: { data: { cause: /cannot be made \(EEXIST\)/ } } })
})

t.test('a sandbox that cannot be filled leaves no file', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  const wrong = [{ ...newNumber('+14155550102', 'aging', 'local', 0), state: 'sold' as 'aging' }]
  const databases = createDatabases(db, { ...NO_ROWS, numbers: wrong })
  t.teardown(databases.unlock)
  t.throws(() => databases.open('mine', () => undefined), { name: 'DatabaseError', message: /CHECK constraint/ })
  t.same(readdirSync(`${db}-sandboxes`), [])
})

t.test('what a killed process has left of a replacement goes at the next start', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  makeOwn(db)
  writeFileSync(`${db}-incoming`, 'half a database')
  await emulatorFor(t, { db })
  t.notOk(existsSync(`${db}-incoming`))
})
