import { isPhoneNumber, toE164 } from '../../numbering/e164.js'
import type { JsonObject } from '../../json.js'
import { credentialsOf, issueToken } from '../../operations/log-in.js'
import type { Account } from '../../sandbox/accounts.js'
import type { NewFaultRule } from '../../sandbox/fault-rule.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import { assertNone, StateError } from '../../state/checks.js'
import { putNumbers } from '../../state/put-numbers.js'
import { completeRule, ruleFindings } from '../fault-rules.js'
import type { Parts, StateName } from './provider-states.js'

/** The values that a verifier puts into its request. */
type StateValues = JsonObject

type SetUp = (sandbox: Sandbox, parts: Parts, params: JsonObject) => Promise<StateValues> | StateValues

/** What each state does. */
const SET_UPS: Readonly<Record<StateName, SetUp>> = {
  fixtures: (sandbox) => {
    tearDownStates(sandbox)
    return {}
  },
  owned: (sandbox, { account = null, ...parts }, params) => putNumber(sandbox, parts, account, params),
  unowned: (sandbox, parts, params) => putNumber(sandbox, parts, null, params),
  offered: (sandbox, { number = '' }) => {
    const national = readNumber(number).slice('+1'.length)
    remove(sandbox, number)
    sandbox.store.discoveries.save({ first: national, last: national })
    return {}
  },
  unknown: (sandbox, { number = '' }) => {
    remove(sandbox, readNumber(number))
    return {}
  },
  empty: (sandbox, { account = '' }) => {
    sandbox.transaction(() => {
      for (const { e164 } of sandbox.store.numbers.list(account, { from: '' }, [])) remove(sandbox, e164)
    })
    return {}
  },
  token: (sandbox, { account = '' }) => ({ token: issueToken(sandbox, account) }),
  apiKey: (sandbox, { account = '' }) => ({ api_key: accountOf(sandbox, account).api_key }),
  login: (sandbox, { account = '' }) => ({ credentials: credentialsOf(accountOf(sandbox, account)) }),
  fault: ({ faults }, { operation = '', outcome = '' }) => {
    // The verifier may name any operation; the findings refuse one that there is not.
    const rule = { operation, outcome, times: 1 } as NewFaultRule
    // The body has one text for both.
    assertNone(ruleFindings(rule, '').map(({ message }) => ({ at: '/state', message })))
    faults.add(completeRule(rule))
    return {}
  }
}

/** Sets a state up. Returns the values that a verifier puts into its request. Throws a StateError where it cannot be. */
export async function setUpState(
  sandbox: Sandbox,
  name: StateName,
  parts: Parts,
  params: JsonObject
): Promise<StateValues> {
  return SET_UPS[name](sandbox, parts, params)
}

/** Puts numbers and faults back to the fixtures. */
export function tearDownStates(sandbox: Sandbox): void {
  sandbox.resetParts(['numbers', 'faults'], 'fixtures')
}

/** The fields of a number's record that the parameters of a state may give. */
const RECORD_KEYS = ['carrier', 'document', 'used_by']

async function putNumber(
  sandbox: Sandbox,
  { number = '', state = '' }: Parts,
  owner: string | null,
  params: JsonObject
): Promise<StateValues> {
  const given = Object.entries(params).filter(([key]) => RECORD_KEYS.includes(key))
  await putNumbers(sandbox, { ...Object.fromEntries(given), e164: number, state, owner })
  return {}
}

function remove(sandbox: Sandbox, e164: string): void {
  const found = sandbox.store.numbers.find(e164)
  if (found !== undefined) sandbox.store.numbers.delete(found)
  sandbox.drainChanges()
}

function readNumber(text: string): string {
  const e164 = toE164(text)
  if (isPhoneNumber(e164)) return e164
  throw new StateError([{ at: '/state', message: `names ${text}, which is no number of any plan` }])
}

function accountOf({ accounts }: Sandbox, id: string): Account {
  const account = accounts.get(id)
  if (account !== undefined) return account
  throw new StateError([{ at: '/state', message: `names account ${id}, which the fixtures do not describe` }])
}
