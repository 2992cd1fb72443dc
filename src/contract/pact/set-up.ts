import { isPhoneNumber, toE164 } from '../../numbering/e164.js'
import type { JsonObject } from '../../json.js'
import type { Finding } from '../../findings/finding.js'
import { assertNone, findingsIn, FindingsError } from '../../findings/findings-error.js'
import { Part } from '../../findings/part.js'
import { credentialsOf, issueToken } from '../../operations/log-in.js'
import type { Account } from '../../sandbox/accounts.js'
import type { NewFaultRule } from '../../sandbox/fault-rule.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import { numbersFindings } from '../../state/checks.js'
import { putNumbers } from '../../state/put-numbers.js'
import { completeRule, ruleFindings } from '../fault-rules.js'
import type { Parts, StateName } from './provider-states.js'

/** The values that a verifier puts into its request. */
type StateValues = JsonObject

/** What a state of this name is set up with. */
interface Subject {
  sandbox: Sandbox
  parts: Parts
  params: JsonObject
}

/** How a state is set up: its parts are read, which throws a FindingsError where they say something wrong, and then it is done. */
interface SetUp {
  read: (subject: Subject) => unknown
  work: (subject: Subject) => Promise<StateValues> | StateValues
}

function setUp<Read>(
  read: (subject: Subject) => Read | Promise<Read>,
  work: (sandbox: Sandbox, read: Read) => Promise<StateValues> | StateValues
): SetUp {
  return { read, work: async (subject) => work(subject.sandbox, await read(subject)) }
}

/** What each state does. */
const SET_UPS: Readonly<Record<StateName, SetUp>> = {
  fixtures: setUp(
    () => undefined,
    (sandbox) => {
      tearDownStates(sandbox)
      return {}
    }
  ),
  owned: setUp(readRow, putNumber),
  unowned: setUp(readRow, putNumber),
  offered: setUp(readNumber, (sandbox, e164) => {
    const national = e164.slice('+1'.length)
    remove(sandbox, e164)
    sandbox.store.discoveries.save({ first: national, last: national })
    return {}
  }),
  unknown: setUp(readNumber, (sandbox, e164) => {
    remove(sandbox, e164)
    return {}
  }),
  empty: setUp(readAccountId, (sandbox, account) => {
    sandbox.transaction(() => {
      for (const { number } of sandbox.store.numbers.search(account, { from: '' }, [])) remove(sandbox, number)
    })
    return {}
  }),
  token: setUp(readAccountId, (sandbox, account) => ({ token: issueToken(sandbox, account) })),
  apiKey: setUp(readAccount, (_sandbox, { api_key }) => ({ api_key })),
  login: setUp(readAccount, (_sandbox, account) => ({ credentials: credentialsOf(account) })),
  fault: setUp(readRule, ({ faults }, rule) => {
    faults.add(completeRule(rule))
    return {}
  })
}

/** Finds what is wrong with the parts of a state, in a call of which its schema may accept some or all. */
export async function stateNameFindings(name: StateName, subject: Subject): Promise<readonly Finding[]> {
  try {
    await SET_UPS[name].read(subject)
    return []
  } catch (error) {
    return findingsIn(error)
  }
}

/** Sets a state up. Returns the values that a verifier puts into its request. Throws a FindingsError where it cannot be. */
export async function setUpState(name: StateName, subject: Subject): Promise<StateValues> {
  return SET_UPS[name].work(subject)
}

/** Puts numbers and faults back to the fixtures. */
export function tearDownStates(sandbox: Sandbox): void {
  sandbox.resetParts(['numbers', 'faults'], 'fixtures')
}

/** The fields of a number's record that the parameters of a state may give. */
const RECORD_KEYS = ['carrier', 'document', 'used_by']

/** The parts of a name, by the fields of the number's record that they are. */
const PART_OF_FIELD: Readonly<Record<string, string>> = { '/e164': 'number', '/state': 'state', '/owner': 'account' }

async function readRow({ sandbox, parts, params }: Subject): Promise<object> {
  const { number, state, account = null } = parts
  const given = Object.entries(params).filter(([key]) => RECORD_KEYS.includes(key))
  const row = { ...Object.fromEntries(given), e164: number, state, owner: account }
  const findings = await numbersFindings(row, sandbox.takeTurn)
  assertNone(
    findings.map(({ at, message }) => {
      const part = PART_OF_FIELD[at]
      return part === undefined
        ? { at: `/params${at}`, message }
        : { at: '/state', message: `names ${String(parts[part])}: the ${part} ${message}` }
    })
  )
  return row
}

async function putNumber(sandbox: Sandbox, row: object): Promise<StateValues> {
  await putNumbers(sandbox, row)
  return {}
}

function remove(sandbox: Sandbox, e164: string): void {
  const found = sandbox.store.numbers.find(e164)
  if (found !== undefined) sandbox.store.numbers.delete(found)
  sandbox.drainChanges()
}

function readNumber({ parts: { number = '' } }: Subject): string {
  const e164 = toE164(number)
  if (isPhoneNumber(e164)) return e164
  throw new FindingsError([{ at: '/state', message: `names ${number}, which is no number of any plan` }])
}

function readAccountId({ parts: { account = '' } }: Subject): string {
  return account
}

function readAccount(subject: Subject): Account {
  const id = readAccountId(subject)
  const account = subject.sandbox.accounts.get(id)
  if (account !== undefined) return account
  throw new FindingsError([{ at: '/state', message: `names account ${id}, which the fixtures do not describe` }])
}

function readRule({ parts: { operation, outcome } }: Subject): NewFaultRule {
  // The verifier may name any operation; the findings refuse one that there is not.
  const rule = { operation, outcome, times: 1 } as NewFaultRule
  // The body has one text for both.
  assertNone(ruleFindings(Part.of(rule, [])).map(({ message }) => ({ at: '/state', message })))
  return rule
}
