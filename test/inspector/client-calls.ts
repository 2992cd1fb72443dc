import { FIRST, numbersOf, pathOf, SECOND } from '../harness/calls.js'
import type { Shown } from './browser.js'

/** What a client does before a person looks. */
export async function makeCalls({ call }: Shown): Promise<void> {
  const token = 'demo-token'
  await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=5', token })
  await call({ method: 'PUT', url: `${pathOf(FIRST)}/activate`, token, body: { data: { my_own: 'field' } } })
  await call({ method: 'PUT', url: `${numbersOf()}/${SECOND}/activate`, token })
  await call({ method: 'GET', url: '/v2/nothing/here', token })
}
