import t from 'tap'
import { DIALECT_NAMES, type DialectName } from '../../src/dialect.js'
import type { PhoneNumber } from '../../src/numbering/phone-number.js'
import { isState } from '../../src/numbering/number-state.js'
import { type AccountName, ACCOUNTS, pathOf } from '../harness/calls.js'
import { type Call, emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'
import { ADMIN, ADMIN_LOCAL, CUSTOMER, CUSTOMER_LOCAL, NO_ADDITIONS, PARENT } from './matrix.cases.js'
import { outcomeOf } from './outcome.js'

/** How each column is asked for, and the state that it aims at. */
const OPERATIONS: Readonly<Record<string, Pick<Call, 'method'> & { path?: string; state?: string; to: string }>> = {
  PUT: { method: 'PUT', to: 'in_service' },
  'PUT in_service': { method: 'PUT', state: 'in_service', to: 'in_service' },
  'PUT reserved': { method: 'PUT', state: 'reserved', to: 'reserved' },
  'PUT available': { method: 'PUT', state: 'available', to: 'available' },
  'PUT aging': { method: 'PUT', state: 'aging', to: 'aging' },
  'PUT deleted': { method: 'PUT', state: 'deleted', to: 'deleted' },
  port: { method: 'PUT', path: '/port', to: 'port_in' },
  activate: { method: 'PUT', path: '/activate', to: 'in_service' },
  reserve: { method: 'PUT', path: '/reserve', to: 'reserved' },
  POST: { method: 'POST', to: '-' },
  PATCH: { method: 'PATCH', to: '-' },
  DELETE: { method: 'DELETE', to: 'available' },
  'DELETE hard': { method: 'DELETE', path: '?hard=true', to: 'deleted' },
  GET: { method: 'GET', to: '-' },
  identify: { method: 'GET', path: '/identify', to: '-' }
}

interface Asker {
  as: AccountName
  on: AccountName
}

interface Case {
  before: string
  whose: string
  cells: readonly [operation: string, cell: string][]
}

/** The rows of a table, one for each state and owner that it stands for. */
function casesOf(table: string): Case[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  return rows.flatMap(([states = '', owners = '', ...cells]) => {
    const named = cells.map((cell, i): [string, string] => [head[i + 2] ?? '', cell])
    return states
      .split(' ')
      .flatMap((before) => owners.split(' ').map((whose): Case => ({ before, whose, cells: named })))
  })
}

const NUMBER = '+14157770001'
const OFFERED = '+14157770002'

function expected({ before }: Case, operation: string, cell: string, dialect: DialectName): string {
  const [one = '', other = one] = cell.split(' / ')
  const outcome = dialect === 'oneuc' ? one : other
  if (outcome === 'same') return before
  if (outcome === '400 from') return `400 from ${before} to ${OPERATIONS[operation]?.to ?? ''}`
  if (outcome === '200 or resting') return before === 'port_out' ? '200' : '400 not_in_service'
  return outcome
}

/** Puts the number there, does it, and says what came of it: what a client saw, and whatever the record has against it. */
async function outcome(world: Subject, asker: Asker, one: Case, carrier: PhoneNumber['carrier'], operation: string) {
  const { before, whose } = one
  const e164 = before === 'offered' ? OFFERED : NUMBER
  const owner = whose === 'own' ? ACCOUNTS[asker.on] : isAccount(whose) ? ACCOUNTS[whose] : null
  const history = before === 'reserved' && owner !== null ? [owner] : []
  if (isState(before)) world.put({ e164, state: before, owner, carrier, history })
  const record = world.find(e164)
  const { method, path = '', state } = OPERATIONS[operation] ?? { method: 'GET' }
  const data = state === undefined ? {} : { create_with_state: state }
  const url = `${pathOf(e164, ACCOUNTS[asker.on])}${path}`
  const reply = await world.call({ method, url, token: `${asker.as}-token`, body: { data } })
  const after = world.find(e164)
  world.remove(e164)
  const seen = outcomeOf(reply, e164)
  const doubts = isState(seen)
    ? doubtsOf(operation, reply.status, seen, record, after, ACCOUNTS[asker.on])
    : changed(record, after)
  return [seen, ...doubts].join(' but ')
}

function isAccount(name: string): name is AccountName {
  return Object.hasOwn(ACCOUNTS, name)
}

/** What the record has against a success: another state or another owner than it should have now. */
function doubtsOf(
  operation: string,
  status: number,
  seen: string,
  before: PhoneNumber | undefined,
  after: PhoneNumber | undefined,
  path: string
): string[] {
  const isPut = OPERATIONS[operation]?.method === 'PUT'
  const isRelease = operation.startsWith('DELETE')
  const doubts = status === (isPut ? 201 : 200) ? [] : [`answered ${status}`]
  if (isRelease && seen === 'deleted') return after === undefined ? doubts : [...doubts, 'still there']
  const owner = isRelease ? null : isPut && operation !== 'PUT available' ? path : (before?.owner ?? null)
  if (after?.state !== seen || after.owner !== owner) doubts.push(`stored as ${JSON.stringify(after)}`)
  return doubts
}

/** What is refused leaves everything as it was. */
function changed(before: PhoneNumber | undefined, after: PhoneNumber | undefined): string[] {
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [`changed to ${JSON.stringify(after)}`]
}

interface Matrix {
  says: string
  asker: Asker
  table: string
  carrier: PhoneNumber['carrier']
  /** Columns that another table has. */
  without?: readonly string[]
}

const DEMO: Asker = { as: 'demo', on: 'demo' }
const PARENT_OF_DEMO: Asker = { as: 'reseller', on: 'demo' }
const MASTER: Asker = { as: 'master', on: 'demo' }
const WITHOUT_ADDITIONS: Asker = { as: 'no-additions', on: 'no-additions' }
const without = ['DELETE']

// prettier-ignore
const MATRICES: readonly Matrix[] = [
  { says: 'a customer',                                           asker: DEMO,              table: CUSTOMER,       carrier: 'external' },
  { says: 'a customer and local numbers',                         asker: DEMO,              table: CUSTOMER,       carrier: 'local', without },
  { says: 'a customer that releases local numbers',               asker: DEMO,              table: CUSTOMER_LOCAL, carrier: 'local' },
  { says: 'a parent on the path of its child',                    asker: PARENT_OF_DEMO,    table: PARENT,         carrier: 'external' },
  { says: 'a parent and local numbers',                           asker: PARENT_OF_DEMO,    table: PARENT,         carrier: 'local', without },
  { says: 'an admin',                                             asker: MASTER,            table: ADMIN,          carrier: 'external' },
  { says: 'an admin and local numbers',                           asker: MASTER,            table: ADMIN,          carrier: 'local', without },
  { says: 'an admin that releases local numbers',                 asker: MASTER,            table: ADMIN_LOCAL,    carrier: 'local' },
  { says: 'a customer that may not add numbers',                  asker: WITHOUT_ADDITIONS, table: NO_ADDITIONS,   carrier: 'external' },
  { says: 'a customer that may not add them and local numbers',   asker: WITHOUT_ADDITIONS, table: NO_ADDITIONS,   carrier: 'local', without }
]

for (const dialect of DIALECT_NAMES) {
  t.test(`what becomes of a number in ${dialect}`, async (t) => {
    const world = await emulatorFor(t, { clock: NOON, dialect })
    world.discover(OFFERED)
    for (const { says, asker, table, carrier, without = [] } of MATRICES) {
      await t.test(says, async (t) => {
        for (const one of casesOf(table)) {
          const cells = one.cells.filter(([operation]) => !without.includes(operation))
          const seen: Record<string, string> = {}
          for (const [operation] of cells) seen[operation] = await outcome(world, asker, one, carrier, operation)
          const wanted = cells.map(([operation, cell]) => [operation, expected(one, operation, cell, dialect)])
          t.same(seen, Object.fromEntries(wanted), `${one.before}, ${one.whose}`)
        }
      })
    }
  })
}
