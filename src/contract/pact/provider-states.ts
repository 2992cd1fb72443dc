import type { JsonObject } from '../../json.js'
import { TOKEN_EXAMPLE, type Interaction, type NumberBefore } from '../interaction.js'
import type { OutcomeName } from '../outcomes.js'

/** A provider state of Pact: what has to be there before a request. The name says it whole; the parameters repeat its parts. */
export interface ProviderState {
  name: string
  params: JsonObject
}

/** The names of the states. A word in braces stands for a part of the name, which holds no space. */
export const PROVIDER_STATES = {
  fixtures: 'the numbers and faults of the fixtures',
  owned: '{number} is {state} on account {account}',
  unowned: '{number} is {state} on no account',
  offered: '{number} was found by a search',
  unknown: '{number} has no record',
  empty: 'account {account} has no numbers',
  token: 'account {account} has a token',
  apiKey: 'account {account} has an API key',
  login: 'account {account} has a login',
  fault: '{operation} ends in {outcome}'
} as const

export type StateName = keyof typeof PROVIDER_STATES

/** The parts of a name. */
export type Parts = Readonly<Record<string, string>>

/** Writes a state with its parts; `more` are parameters that do not stand in its name. */
export function writeState(name: StateName, parts: Parts = {}, more: JsonObject = {}): ProviderState {
  return {
    name: PROVIDER_STATES[name].replace(/\{(\w+)\}/g, (_, part: string) => String(parts[part])),
    params: { ...parts, ...more }
  }
}

/** Reads the name of a state; undefined where it is none of them. */
export function readProviderState(text: string): { name: StateName; parts: Parts } | undefined {
  for (const [name, template] of Object.entries(PROVIDER_STATES) as [StateName, string][]) {
    const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>\\S+)')}$`)
    const match = pattern.exec(text)
    if (match !== null) return { name, parts: { ...match.groups } }
  }
  return undefined
}

/** The outcomes that neither the request nor the state of numbers brings about: settings, other clients, a server that fails. */
export const NEED_FAULT: ReadonlySet<string> = new Set<OutcomeName>([
  'token_rejected',
  'account_forbidden',
  'account_unknown',
  'too_many_requests',
  'datastore_unreachable',
  'unspecified_fault',
  'accept_charges',
  'not_enough_credit',
  'search_restricted'
])

/** Tells whether a verifier has to bring an outcome about by a fault. */
export function needsFault({ isForced }: Interaction, outcome: string): boolean {
  return isForced || NEED_FAULT.has(outcome)
}

/** Lists what has to be there for an interaction that ended in an outcome of an operation. */
export function statesOf(interaction: Interaction, operation: string, outcome: string): ProviderState[] {
  const { request, account, numbers } = interaction
  const hasToken = Object.values(request.headers).includes(TOKEN_EXAMPLE)
  return [
    writeState('fixtures'),
    ...(operation === 'list' && account !== '' ? [writeState('empty', { account })] : []),
    ...numbers.map(numberState),
    ...(hasToken && account !== '' ? [writeState('token', { account })] : []),
    ...(needsFault(interaction, outcome) ? [writeState('fault', { operation, outcome })] : [])
  ]
}

function numberState({ e164, isOffered, record }: NumberBefore): ProviderState {
  if (record === undefined) return writeState(isOffered ? 'offered' : 'unknown', { number: e164 })
  const { state, owner, carrier, document, usedBy } = record
  const rest = { carrier, document, used_by: usedBy }
  return owner === null
    ? writeState('unowned', { number: e164, state }, rest)
    : writeState('owned', { number: e164, state, account: owner }, rest)
}
