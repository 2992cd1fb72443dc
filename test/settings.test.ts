import t from 'tap'
import { separateServiceLinks } from '../src/cli/environment.js'
import { settingsHelp, settingsTable } from '../src/cli/flags.js'
import { NAMES, SETTINGS, UsageError } from '../src/settings.js'
import { flagOf, variableOf } from '../src/text/setting.js'
import { readSettings } from '../src/text/read-settings.js'

t.test('Without flags and variables, every setting has its default', async (t) => {
  t.same(readSettings({}, {}), Object.fromEntries(NAMES.map((name) => [name, SETTINGS[name].initial])))
  t.match(readSettings({}, {}), {
    host: '127.0.0.1',
    port: 8000,
    json: false,
    dialect: 'oneuc',
    auth: 'documented',
    accounts: 'auto',
    e911: 'streets',
    agingSeconds: 0,
    logLevel: 'warn'
  })
})

t.test('A flag and an environment variable set the same', async (t) => {
  const settable: [name: (typeof NAMES)[number], text: string, value: unknown][] = [
    ['host', '0.0.0.0', '0.0.0.0'],
    ['port', '0', 0],
    ['port', '65535', 65_535],
    ['portFile', '/tmp/port', '/tmp/port'],
    ['json', 'true', true],
    ['json', '1', true],
    ['json', 'false', false],
    ['json', '0', false],
    ['db', 'numbers.db', 'numbers.db'],
    ['fixtures', './mine', './mine'],
    ['dialect', 'kazoo-4.3', 'kazoo-4.3'],
    ['auth', 'strict', 'strict'],
    ['auth', 'off', 'off'],
    ['accounts', 'known', 'known'],
    ['e911', 'permissive', 'permissive'],
    ['agingSeconds', '60', 60],
    ['tokenSeconds', '1', 1],
    ['randomSeed', '42', 42],
    ['clock', '2024-01-31T12:00:00Z', 1_706_702_400_000],
    ['clock', '2024-01-31T13:00:00.5+01:00', 1_706_702_400_500],
    ['clock', '2024-01-31', 1_706_659_200_000],
    ['adminHosts', '*', '*'],
    ['adminHosts', 'emulator, my_service,*.ci.example', 'emulator, my_service,*.ci.example'],
    ['logLevel', 'info', 'info']
  ]
  for (const [name, text, value] of settable) {
    t.equal(readSettings({ [flagOf(name)]: text }, {})[name], value, `--${flagOf(name)} ${text}`)
    t.equal(readSettings({}, { [variableOf(name)]: text })[name], value, `${variableOf(name)}=${text}`)
  }
  for (const name of NAMES) t.match(variableOf(name), /^ONEUC_EMULATOR_[A-Z0-9_]+$/, name)
  t.equal(readSettings({ json: true }, {}).json, true)
})

t.test('A flag outweighs a variable, and the variable outweighs PORT', async (t) => {
  const environment = { ONEUC_EMULATOR_PORT: '2', PORT: '3' }
  t.equal(readSettings({ port: '1' }, environment).port, 1)
  t.equal(readSettings({}, environment).port, 2)
  t.equal(readSettings({}, { PORT: '3' }).port, 3)
  t.equal(readSettings({ json: false }, { ONEUC_EMULATOR_JSON: 'true' }).json, false)
})

t.test('An empty variable counts as absent', async (t) => {
  const empty = Object.fromEntries([...NAMES.map(variableOf), 'PORT'].map((variable) => [variable, '']))
  t.same(readSettings({}, empty), readSettings({}, {}))
  t.equal(readSettings({}, { ONEUC_EMULATOR_PORT: '', PORT: '3' }).port, 3)
})

t.test('The variables of Kubernetes services are not settings', async (t) => {
  const links = {
    ONEUC_EMULATOR_PORT: 'tcp://10.0.0.1:8000',
    ONEUC_EMULATOR_PORT_8000_TCP: 'tcp://10.0.0.1:8000',
    ONEUC_EMULATOR_PORT_8000_TCP_ADDR: '10.0.0.1',
    ONEUC_EMULATOR_PORT_8000_TCP_PORT: '8000',
    ONEUC_EMULATOR_PORT_8000_TCP_PROTO: 'tcp',
    ONEUC_EMULATOR_SERVICE_HOST: '10.0.0.1',
    ONEUC_EMULATOR_SERVICE_PORT: '8000',
    ONEUC_EMULATOR_SERVICE_PORT_HTTP: '8000',
    ONEUC_EMULATOR_ADMIN_PORT: 'tcp://10.0.0.2:9000',
    ONEUC_EMULATOR_ADMIN_SERVICE_HOST: '10.0.0.2'
  }
  const { variables, ignored } = separateServiceLinks({ ...links, PORT: '3', ONEUC_EMULATOR_DB: 'numbers.db' })
  t.same(variables, { PORT: '3', ONEUC_EMULATOR_DB: 'numbers.db' })
  t.same(ignored, Object.keys(links))
  for (const [variable, value] of [
    ['ONEUC_EMULATOR_PORT', 'http://10.0.0.1:8000'],
    ['ONEUC_EMULATOR_RANDOM_SEED', 'tcp://10.0.0.1:8000'],
    ['ONEUC_EMULATOR_SERVICE', '10.0.0.1']
  ] as const) {
    const given = { [variable]: value }
    t.same(separateServiceLinks(given), { variables: given, ignored: [] }, variable)
    t.throws(() => readSettings({}, given), { name: 'UsageError' }, variable)
  }
})

t.test('The variable that tells tests where the emulator runs is no setting', async (t) => {
  const environment = { ONEUC_EMULATOR_URL: 'http://oneuc:8000', ONEUC_EMULATOR_DB: 'numbers.db' }
  t.same(separateServiceLinks(environment), { variables: { ONEUC_EMULATOR_DB: 'numbers.db' }, ignored: [] })
})

t.test('An error lists everything that cannot be read', async (t) => {
  const unreadable: [flags: Record<string, string>, environment: Record<string, string>, message: string][] = [
    [{ port: 'http' }, {}, '--port: "http" is not a whole number from 0 to 65535'],
    [{ port: '65536' }, {}, '--port: "65536" is not a whole number from 0 to 65535'],
    [{ port: '-1' }, {}, '--port: "-1" is not a whole number from 0 to 65535'],
    [{ port: '1e3' }, {}, '--port: "1e3" is not a whole number from 0 to 65535'],
    [{}, { PORT: 'x' }, 'PORT: "x" is not a whole number from 0 to 65535'],
    [{}, { ONEUC_EMULATOR_PORT: 'x' }, 'ONEUC_EMULATOR_PORT: "x" is not a whole number from 0 to 65535'],
    [{ 'token-seconds': '0' }, {}, '--token-seconds: "0" is not a whole number from 1 to 2147483647'],
    [{ dialect: 'kazoo' }, {}, '--dialect: "kazoo" is not one of oneuc, kazoo-4.3'],
    [{ auth: 'toString' }, {}, '--auth: "toString" is not one of documented, strict, off'],
    [{}, { ONEUC_EMULATOR_JSON: 'yes' }, 'ONEUC_EMULATOR_JSON: "yes" is not true or false'],
    [{}, { ONEUC_EMULATOR_JSON: 'constructor' }, 'ONEUC_EMULATOR_JSON: "constructor" is not true or false'],
    [{ db: '' }, {}, '--db: "" is not the path of a file'],
    [{ host: '' }, {}, '--host: "" is not a text'],
    [{ clock: 'tomorrow 5' }, {}, '--clock: "tomorrow 5" is not a time such as 2024-01-31T12:00:00Z'],
    [{ clock: '2024-13-31' }, {}, '--clock: "2024-13-31" is not a time such as 2024-01-31T12:00:00Z'],
    [{ clock: '2024-01-31T12:00:00' }, {}, '--clock: "2024-01-31T12:00:00" is not a time such as 2024-01-31T12:00:00Z'],
    [
      {},
      { ONEUC_EMULATOR_DIALEKT: 'x' },
      'ONEUC_EMULATOR_DIALEKT is not a setting; did you mean "ONEUC_EMULATOR_DIALECT"?'
    ],
    [
      {},
      { ONEUC_EMULATOR_SEED: '1' },
      'ONEUC_EMULATOR_SEED is not a setting; did you mean "ONEUC_EMULATOR_RANDOM_SEED"?'
    ],
    [
      {},
      { ONEUC_EMULATOR_LOG_LEVL: 'x' },
      'ONEUC_EMULATOR_LOG_LEVL is not a setting; did you mean "ONEUC_EMULATOR_LOG_LEVEL"?'
    ],
    [{}, { ONEUC_EMULATOR_: 'x' }, `ONEUC_EMULATOR_ is not a setting; there are ${NAMES.map(variableOf).join(', ')}`],
    [
      { 'admin-hosts': 'emulator:8000' },
      {},
      '--admin-hosts: "emulator:8000" is not a list of host names without ports, separated by commas, such as emulator,*.ci.example'
    ]
  ]
  for (const [flags, environment, message] of unreadable) {
    t.throws(() => readSettings(flags, environment), { name: 'UsageError', message }, message)
  }
  const flags = Object.assign({}, ...unreadable.slice(7, 9).map(([one]) => one)) as Record<string, string>
  t.throws(
    () => readSettings({ ...flags, port: 'x' }, { ONEUC_EMULATOR_RANDOM_SEED: 'x', ONEUC_EMULATOR_PROT: '1' }),
    new UsageError(
      [
        'ONEUC_EMULATOR_PROT is not a setting; did you mean "ONEUC_EMULATOR_PORT"?',
        '--port: "x" is not a whole number from 0 to 65535',
        '--dialect: "kazoo" is not one of oneuc, kazoo-4.3',
        '--auth: "toString" is not one of documented, strict, off',
        'ONEUC_EMULATOR_RANDOM_SEED: "x" is not a whole number from 0 to 2147483647'
      ].join('\n')
    )
  )
  t.same(
    readSettings({}, { ONEUC: 'x', ONEUC_BASE_URL: 'x', NODE_ENV: 'x' }),
    readSettings({}, {}),
    'other variables are ignored'
  )
})

t.test('The help and the documentation describe every setting', async (t) => {
  const help = settingsHelp()
  const words = help.replaceAll(/\s+/g, ' ')
  const table = settingsTable().split('\n').slice(2)
  t.equal(table.length, NAMES.length)
  for (const [i, name] of NAMES.entries()) {
    t.match(help, new RegExp(`^  (?:-[a-z], )?--${flagOf(name)}\\b`, 'm'), `${name}: flag in the help`)
    t.ok(words.includes(`${SETTINGS[name].help} (`), `${name}: text in the help`)
    for (const said of [`--${flagOf(name)}`, variableOf(name), SETTINGS[name].help]) {
      t.ok(table[i]?.includes(said), `${name}: ${said}`)
    }
  }
  t.match(help, /^ {2}-p, --port N {10}port to listen on; 0 takes a free one \(8000\)$/m)
  t.match(help, /^ {2}--json {16}print JSON: the ready line, or what verify or fidelity\n {24}found \(false\)$/m)
  t.match(help, /^ {2}--auth documented\|strict\|off\n {24}which tokens are accepted \(documented\)$/m)
  t.match(
    settingsTable(),
    /^\| `--db FILE` \| `ONEUC_EMULATOR_DB` \| in memory \| keep the numbers in this SQLite file \|$/m
  )
  t.match(settingsTable(), /^\| `--auth documented\\\|strict\\\|off` \|/m)
  t.match(settingsTable(), /^\| `--port-file FILE` \| `ONEUC_EMULATOR_PORT_FILE` \| none \|/m)
})
