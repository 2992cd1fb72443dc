import { type Test } from 'tap'
import type { JsonObject } from '../../src/json.js'
import { FixtureError } from '../../src/state/fixtures.js'

/** The faults that a promise is rejected with. */
export async function faultsOf(t: Test, loading: Promise<unknown>): Promise<FixtureError> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof FixtureError) return error
  t.fail('it was taken')
  return new FixtureError([])
}

/** An account of its own that is right in every field. */
export const ACCOUNT: JsonObject = {
  id: 'a'.repeat(32),
  name: 'mine',
  realm: '',
  parent: null,
  admin: false,
  additions: true,
  api_key: 'k'.repeat(64),
  user: '',
  password: '',
  token: 'x'
}

/** A street of its own that is right in every field. */
export const STREET = {
  id: 900,
  country: 'US',
  region: 'NV',
  community: 'RENO',
  postal_city: 'RENO',
  predir: '',
  name: 'VIRGINIA',
  suffix: 'ST',
  postdir: '',
  low: 1,
  high: 99,
  parity: 'O',
  postal_code: '89501',
  plus_four: null,
  lat: '39.500000',
  lng: '-119.800000',
  unit_policy: 'optional'
}
