import type { Dialect } from '../src/dialect.js'
import { foundAnswerOf, listAnswerOf, oneAnswerOf, shownAnswerOf } from '../src/api/replies.js'
import type { PlainPaths } from '../src/http/plain-request.js'
import type { CallOf, ShortCall } from '../src/http/short-call.js'
import { magicNumber } from '../src/inventory/magic-numbers.js'
import { toE164 } from '../src/numbering/e164.js'
import { activate } from '../src/operations/activate.js'
import { read } from '../src/operations/read.js'
import { release } from '../src/operations/release.js'
import { NUMBER, NUMBERS, SANDBOXES } from './paths.js'

/** Method and path of a call, as they are registered. */
function at(method: string, path: string): Pick<ShortCall, 'method' | 'route'> {
  return { method, route: `${method} ${path}` }
}

const SEARCH: ShortCall = {
  ...at('GET', '/v2/phone_numbers'),
  operation: 'search',
  isQuestion: true,
  need: 'optional',
  status: 200,
  work: (exchange, { query }) => foundAnswerOf(exchange, query)
}

const LIST: ShortCall = {
  ...at('GET', NUMBERS),
  operation: 'list',
  isQuestion: true,
  need: 'needed',
  status: 200,
  work: (exchange, { query }) => listAnswerOf(exchange, query)
}

const READ: ShortCall = {
  ...at('GET', NUMBER),
  operation: 'read',
  isQuestion: true,
  need: 'needed',
  status: 200,
  work: (exchange, { number = '' }) => shownAnswerOf(exchange, read(exchange.sandbox, exchange.caller, number))
}

const BUY: ShortCall = {
  ...at('PUT', `${NUMBER}/activate`),
  operation: 'buy',
  isQuestion: false,
  need: 'needed',
  status: 201,
  work: (exchange, { number = '' }) => oneAnswerOf(exchange, activate, number, {})
}

const REMOVE: ShortCall = {
  ...at('DELETE', NUMBER),
  operation: 'remove',
  isQuestion: false,
  need: 'needed',
  status: 200,
  work: (exchange, { number = '' }) =>
    oneAnswerOf(exchange, (sandbox, caller, e164) => release(sandbox, caller, e164), number, {})
}

/** Of a number that is written in full. */
const DIGITS = String.raw`\d{8,15}`

/** Only numbers that are written in full, and none that another reading could make of the path. */
export const PLAIN_PATHS: PlainPaths = {
  sandbox: SANDBOXES,
  pattern: new RegExp(
    String.raw`^/v2/(?:accounts/([0-9A-Za-z]{32})/)?phone_numbers(?:/(%2[Bb])?(${DIGITS})(/activate)?)?(\?.+)?$`
  ),
  digits: new RegExp(`^${DIGITS}$`)
}

/** The routes of them whose answers come as text in a dialect. */
export function writtenRoutes({ public_search }: Dialect): string[] {
  return public_search === 'plain' ? [] : [SEARCH.route]
}

/** The calls that are short where they are plain; magic numbers may have to be waited for. */
export const shortCall: CallOf = (method, { account, rest, query }, number) => {
  if (account === undefined) return method === 'GET' && number === undefined ? SEARCH : undefined
  if (number === undefined) return method === 'GET' && (query.prefix ?? '') === '' ? LIST : undefined
  if (rest !== '') return method === 'PUT' && magicNumber(toE164(number)) === undefined ? BUY : undefined
  return method === 'GET' ? READ : method === 'DELETE' ? REMOVE : undefined
}
