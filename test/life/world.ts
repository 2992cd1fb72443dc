import { pino } from 'pino'
import type { Test } from 'tap'
import { createEmulator } from '../../src/emulator.js'
import type { App } from '../../src/api/app-type.js'
import { featuresOf } from '../../src/numbering/features.js'
import { newNumber, type PhoneNumber } from '../../src/numbering/phone-number.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { readSettings, type Settings } from '../../src/settings.js'
import { DEMO, send, type Call, type Reply } from '../emulator-under-test.js'
import { watchNames } from '../unnamed.js'

/** The accounts of the fixtures by name: `master` → `reseller` → `demo` → `child`; the others are beside demo. */
export const ACCOUNTS = {
  master: '42a474544b7356318b83d7b060f31403',
  reseller: '1429a5ffca584da6591f17cfb8fe5439',
  demo: DEMO,
  child: '95a764139933c2d583a5d299729b8f55',
  stranger: 'e141cfcb50659f27f911ce400088f83d',
  'no-additions': '0bd1097924f26aa98252faa7ffa693b8'
} as const
export type AccountName = keyof typeof ACCOUNTS

/** A moment to begin with. */
export const NOON = Date.parse('2024-01-31T12:00:00Z')

/** A request to the numbers of an account, by the account's name. */
export interface Ask extends Omit<Call, 'url'> {
  /** Whose token. */
  as?: AccountName
  /** The account of the path; the one that asks where absent. */
  on?: AccountName
  /** What follows `/v2/accounts/{ACCOUNT_ID}/phone_numbers`. */
  path?: string
}

/** An emulator with its insides open: a test can put numbers where no request could, and wind the clock. */
export interface World {
  app: App
  call: (call: Call) => Promise<Reply>
  ask: (ask: Ask) => Promise<Reply>
  sandbox: Sandbox
  /** Puts a number there as it is, past the rules. */
  put: (number: Partial<PhoneNumber> & Pick<PhoneNumber, 'e164' | 'state'>) => void
  find: (e164: string) => PhoneNumber | undefined
  remove: (e164: string) => void
  /** Makes a number one that a search has returned. */
  offer: (e164: string) => void
  /** Lets seconds pass. */
  advance: (seconds: number) => void
  /** Back to the fixtures, and to the beginning of time. */
  reset: () => void
}

export async function worldFor(t: Test, flags: Partial<Settings> = {}): Promise<World> {
  const settings = { ...readSettings({}, {}), clock: NOON, ...flags }
  const { app, sandboxes, close } = await createEmulator(settings, pino({ level: 'silent' }))
  const sandbox = sandboxes.default
  watchNames(t, sandbox)
  t.teardown(close)
  const call = (one: Call) => send(app, one)
  return {
    app,
    call,
    ask({ as, on = as ?? 'demo', path = '', ...rest }) {
      const url = `/v2/accounts/${ACCOUNTS[on]}/phone_numbers${path}`
      return call({ ...(as === undefined ? {} : { token: `${as}-token` }), ...rest, url })
    },
    sandbox,
    put(given) {
      const { numbers } = sandbox.store
      const bare = newNumber(given.e164, given.state, given.carrier ?? 'external', sandbox.clock.now())
      const features = featuresOf(bare.state, bare.carrier, given.document ?? {})
      numbers.save({ ...bare, features, ...given }, numbers.find(given.e164))
    },
    find: (e164) => sandbox.store.numbers.find(e164),
    remove(e164) {
      const number = sandbox.store.numbers.find(e164)
      if (number !== undefined) sandbox.store.numbers.delete(number)
    },
    offer(e164) {
      const national = e164.slice('+1'.length)
      sandbox.store.discoveries.save({ first: national, last: national })
    },
    advance(seconds) {
      sandbox.clock.advance(seconds * 1000)
    },
    reset() {
      sandboxes.default.reset()
    }
  }
}
