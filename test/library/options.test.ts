/** The options of the library: each is checked as its flag is, before anything starts. */
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { createEmulator, UsageError, type EmulatorOptions } from '../../src/library.js'
import { NAMES } from '../../src/settings.js'
import { useEmulatorWith, type UseEmulatorOptions } from '../../src/testing/use-emulator.js'

const NEW_YEAR = '2030-01-01T00:00:00.000Z'
const CLOCK_EXPECTED = 'is not a time such as 2024-01-31T12:00:00Z, a Date or Unix milliseconds'

const CLOCKS: readonly [sentence: string, clock: EmulatorOptions['clock']][] = [
  ['a text', '2030-01-01T00:00:00Z'],
  ['a text with another zone', '2030-01-01T01:00:00+01:00'],
  ['a day', '2030-01-01'],
  ['a Date', new Date('2030-01-01')],
  ['Unix milliseconds', Date.parse('2030-01-01')]
]

for (const [sentence, clock] of CLOCKS) {
  t.test(`I stop the clock at ${sentence}`, async (t) => {
    await using emulator = await createEmulator({ clock })
    t.match(await emulator.clock.get(), { now: NEW_YEAR, rate: 0 })
  })
}

t.test('An environment of a browser is refused, and says what to do', async (t) => {
  const { setImmediate } = globalThis
  t.teardown(() => Object.assign(globalThis, { setImmediate }))
  Reflect.deleteProperty(globalThis, 'setImmediate')
  await t.rejects(createEmulator(), { name: 'UsageError', message: /setImmediate .* @jest-environment node/ })
})

/** What a user in a hurry writes, and what comes back. */
const MISTAKES: readonly [sentence: string, options: unknown, message: string][] = [
  ['My options are a port', 8000, 'createEmulator: 8000 is no object with options'],
  ['My options are null', null, 'createEmulator: null is no object with options'],
  ['My options are a list', [{ port: 0 }], 'createEmulator: a list is no object with options'],
  ['My option is misspelt', { dialekt: 'oneuc' }, 'dialekt is not an option; did you mean "dialect"?'],
  ['My option is in snake case', { aging_seconds: 5 }, 'aging_seconds is not an option; did you mean "agingSeconds"?'],
  ['My option is a flag', { 'random-seed': 5 }, 'random-seed is not an option; did you mean "randomSeed"?'],
  ['My option is a former one', { seed: 5 }, 'seed is not an option; did you mean "randomSeed"?'],
  ['My option is a method of objects', { toString: 5 }, 'toString is not an option; there are host, port, db, '],
  ['My logger is misspelt', { loger: {} }, 'loger is not an option; did you mean "logger"?'],
  [
    'I name a port file',
    { portFile: 'port' },
    'portFile is for the program only: the url of the emulator has the port'
  ],
  ['I name a level', { logLevel: 'info' }, 'logLevel is for the program only: set the level of the logger'],
  ['My port is a text', { port: '8000' }, 'port: "8000" is a string; write 8000'],
  ['My port is none', { port: 65_536 }, 'port: 65536 is not a whole number from 0 to 65535'],
  ['My port is half', { port: 0.5 }, 'port: 0.5 is not a whole number from 0 to 65535'],
  ['My port is null', { port: null }, 'port: null is not a whole number from 0 to 65535'],
  ['My flag is a number', { rateLimit: 1 }, 'rateLimit: 1 is a number; write true'],
  ['My flag is a word', { hostile: 'maybe' }, 'hostile: "maybe" is not true or false'],
  ['My file is a number', { db: 5 }, 'db: 5 is a number; write "5"'],
  ['My dialect is none', { dialect: 'kazoo' }, 'dialect: "kazoo" is not one of oneuc, kazoo-4.3'],
  ['My dialect is a list', { dialect: ['oneuc'] }, 'dialect: a list is not one of oneuc, kazoo-4.3'],
  ['My dialect is a function', { dialect: String }, 'dialect: a function is not one of oneuc, kazoo-4.3'],
  ['My seed is an object', { seedJson: {} }, 'seedJson: an object is not a JSON text such as {"numbers":[]}'],
  ['My clock is a word', { clock: 'tomorrow' }, `clock: "tomorrow" ${CLOCK_EXPECTED}`],
  ['My clock has no zone', { clock: '2030-01-01T00:00' }, `clock: "2030-01-01T00:00" ${CLOCK_EXPECTED}`],
  ['My clock is no date', { clock: new Date('x') }, `clock: the Date Invalid Date ${CLOCK_EXPECTED}`],
  ['My clock is half a millisecond', { clock: 0.5 }, `clock: 0.5 ${CLOCK_EXPECTED}`],
  ['My clock is after all calendars', { clock: 1e15 }, `clock: 1000000000000000 ${CLOCK_EXPECTED}`],
  ['My clock is before all calendars', { clock: -1e15 }, `clock: -1000000000000000 ${CLOCK_EXPECTED}`],
  ['My clock is a switch', { clock: true }, `clock: true ${CLOCK_EXPECTED}`],
  ['My logger is half one', { logger: console }, 'logger: it lacks fatal, silent, child; a logger of pino has them'],
  ['My logger is none', { logger: null }, 'logger: it lacks trace, debug, info, warn, error, fatal, silent, child; '],
  ['My text is long', { dialect: 'x'.repeat(100) }, `dialect: "${'x'.repeat(79)}… is not one of oneuc, kazoo-4.3`],
  [
    'I make two mistakes',
    { port: -1, auth: 'no' },
    'port: -1 is not a whole number from 0 to 65535\nauth: "no" is not one of '
  ],
  [
    'I misspell two names',
    { prot: 1, ath: 'off' },
    'prot is not an option; did you mean "port"?\nath is not an option; did '
  ]
]

for (const [sentence, options, message] of MISTAKES) {
  t.test(`${sentence}: I am told what to write`, async (t) => {
    const error: unknown = await createEmulator(options as EmulatorOptions).catch((reason: unknown) => reason)
    t.type(error, UsageError)
    t.equal((error as Error).message.slice(0, message.length), message)
  })
}

t.test('Each setting of the program is an option, or says what the library has in its place', async (t) => {
  for (const name of NAMES) {
    const options = { [name]: Symbol('no value') } as EmulatorOptions
    await t.rejects(
      createEmulator(options),
      { name: 'UsageError', message: /: Symbol\(no value\) is not |only: / },
      name
    )
  }
})

t.test('An option that is undefined counts as absent', async (t) => {
  const options = Object.fromEntries([...NAMES, 'logger'].map((name) => [name, undefined]))
  const program = ['portFile', 'json', 'stopWithParent', 'logLevel']
  const offered = Object.entries(options).filter(([name]) => !program.includes(name))
  const own = offered.filter(
    ([name]) =>
      !/^(?:out|baseUrl|token|account|allowPurchases|only|wait|upstream|record|allow|timeout|replay|volatile|baseline|seen)$/.test(
        name
      )
  )
  await using emulator = await createEmulator(Object.fromEntries(own))
  t.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/)
})

t.test('The library reads no variables of the environment', async (t) => {
  process.env.ONEUC_EMULATOR_CLOCK = '2030-01-01'
  t.teardown(() => Reflect.deleteProperty(process.env, 'ONEUC_EMULATOR_CLOCK'))
  await using emulator = await createEmulator()
  t.match(await emulator.clock.get(), { rate: 1 })
})

t.test('A port that is taken is told in the words of the options', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  for (const [name, options] of [
    ['port', { port }],
    ['adminPort', { adminPort: port }]
  ] as const) {
    const message = new RegExp(`^port ${port} of 127.0.0.1 is taken: .* give ${name} 0, which takes a free one$`)
    const cause = { code: 'EADDRINUSE' }
    await t.rejects(createEmulator(options), { name: 'UsageError', code: 'EADDRINUSE', message, cause })
  }
  await t.rejects(createEmulator({ host: '203.0.113.1' }), { message: /^host: this machine has no address 203/ })
})

const UNUSABLE: readonly [options: EmulatorOptions, message: RegExp][] = [
  [{ seedJson: '{"numbers":[{"e164":"+14155550142"}]}' }, /^seedJson \/numbers\/0: must have the field state/],
  [{ seedJson: 'none' }, /^seedJson: line 1, column 1: expected a value/],
  [{ seedFile: '/no/such/file.json' }, /^\/no\/such\/file.json: cannot be read: ENOENT/],
  [{ reportJson: '/no/such/file.json' }, /^reportJson: cannot write \/no\/such\/file.json: ENOENT/],
  [{ reportPact: '/no/such/file.json' }, /^reportPact: cannot write/],
  [{ reportPact: join(tmpdir(), 'pact.json') }, /^reportPact wants consumer, the name of the client$/]
]

t.test('What options name and cannot be used is told in the words of the options', async (t) => {
  for (const [options, message] of UNUSABLE) {
    await t.rejects(createEmulator(options), { message }, JSON.stringify(options))
  }
})

t.test('The URL of the admin API is that of its own port', async (t) => {
  await using emulator = await createEmulator({ adminPort: 0 })
  t.not(emulator.adminUrl, emulator.url)
  t.equal((await fetch(`${emulator.adminUrl}/__admin/ready`)).status, 200)
  await using plain = await createEmulator()
  t.equal(plain.adminUrl, plain.url)
})

t.test('The options of useEmulator are checked, too', async (t) => {
  const hook = () => undefined
  const hooks = { beforeAll: hook, beforeEach: hook, afterEach: hook, afterAll: hook }
  const message = 'gate is not an option; did you mean "gates"?'
  t.throws(() => useEmulatorWith(hooks, { gate: {} } as UseEmulatorOptions), { name: 'UsageError', message })
})
