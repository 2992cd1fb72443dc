import { isObject, parseOrKeep, type JsonObject, type JsonValue } from '../../json.js'
import { VERSION } from '../../package.js'
import type { Coverage } from '../coverage.js'
import { TOKEN_EXAMPLE, type Interaction } from '../interaction.js'
import { OPERATION_NAMES, OPERATIONS, type Operation } from '../outcomes.js'
import { bodyRules } from './matchers.js'
import { needsFault, statesOf, writeState, type ProviderState } from './provider-states.js'

/** The two sides of a contract. */
export interface PactNames {
  consumer: string
  provider: string
}

/** The secrets that a login sends, with the value of the provider state that stands for each. */
const LOGIN_SECRETS = { api_key: 'apiKey', credentials: 'login' } as const

/**
 * Makes a contract of Pact, version 4 of its specification: an interaction for each operation and outcome that the coverage has
 * seen, with the shortest request that met it.
 */
export function pactOf(coverage: Coverage, { consumer, provider }: PactNames) {
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: OPERATION_NAMES.flatMap((operation) => {
      const { outcomes }: Operation = OPERATIONS[operation]
      return outcomes.flatMap(({ name }) => {
        const interaction = coverage.interactions.get(`${operation}.${name}`)
        return interaction === undefined ? [] : [writeInteraction(interaction, operation, name)]
      })
    }),
    metadata: { pactSpecification: { version: '4.0' }, 'oneuc-emulator': { version: VERSION } }
  }
}

function writeInteraction(interaction: Interaction, operation: string, outcome: string) {
  const { request, response } = interaction
  const body = parseOrKeep(response.body)
  const { secrets, states } = loginOf(interaction, body)
  return {
    type: 'Synchronous/HTTP',
    description: `${operation}: ${outcome}`,
    providerStates: [...statesOf(interaction, operation, outcome), ...states],
    pending: false,
    request: {
      method: request.method,
      // Pact encodes paths itself, and Fastify's router has refused one that cannot be decoded.
      path: decodeURIComponent(request.path),
      ...(request.query === '' ? {} : { query: valuesByName(request.query) }),
      headers: asLists(request.headers),
      ...contentOf(request.body, request.headers['content-type'] ?? 'application/json', secrets),
      ...generatorsOf(request.headers, secrets)
    },
    response: {
      status: response.status,
      headers: asLists(response.headers),
      ...contentOf(response.body, 'application/json', {}),
      matchingRules: {
        body: bodyRules(operation, body, needsFault(interaction, outcome)),
        ...('retry-after' in response.headers
          ? { header: { 'retry-after': { combine: 'AND', matchers: [{ match: 'regex', regex: '^\\d+$' }] } } }
          : {})
      }
    }
  }
}

/** The key of a body's secret, and the expression that a verifier puts in its place. */
type Secrets = Readonly<Record<string, string>>

/** Finds the secret of a login, and the state that provides it. */
function loginOf({ request, response }: Interaction, body: JsonValue): { secrets: Secrets; states: ProviderState[] } {
  const sent = parseOrKeep(request.body)
  const data = isObject(sent) && isObject(sent.data) ? sent.data : {}
  const account = isObject(body) && isObject(body.data) ? body.data.account_id : undefined
  const name = Object.keys(LOGIN_SECRETS).find((key) => key in data) as keyof typeof LOGIN_SECRETS | undefined
  if (name === undefined || typeof account !== 'string' || response.status >= 300) return { secrets: {}, states: [] }
  return { secrets: { [name]: `\${${name}}` }, states: [writeState(LOGIN_SECRETS[name], { account })] }
}

function contentOf(text: string, contentType: string, secrets: Secrets) {
  if (text === '') return {}
  return { body: { content: withoutSecrets(parseOrKeep(text), secrets), contentType, encoded: false } }
}

/** Puts examples into the places of secrets. */
function withoutSecrets(value: JsonValue, secrets: Secrets): JsonValue {
  if (!isObject(value) || !isObject(value.data)) return value
  const examples: JsonObject = Object.fromEntries(Object.keys(secrets).map((name) => [name, name.toUpperCase()]))
  return { ...value, data: { ...value.data, ...examples } }
}

/** Has a verifier put the values of the provider states where this contract has examples. */
function generatorsOf(headers: Readonly<Record<string, string>>, secrets: Secrets) {
  const header = Object.entries(headers).filter(([, value]) => value === TOKEN_EXAMPLE)
  const fromState = (expression: string) => ({ type: 'ProviderState', expression, dataType: 'STRING' })
  if (header.length + Object.keys(secrets).length === 0) return {}
  return {
    generators: {
      ...(header.length === 0
        ? {}
        : { header: Object.fromEntries(header.map(([name]) => [name, fromState('${token}')])) }),
      ...(Object.keys(secrets).length === 0
        ? {}
        : {
            body: Object.fromEntries(Object.entries(secrets).map(([name, text]) => [`$.data.${name}`, fromState(text)]))
          })
    }
  }
}

function asLists(headers: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
}

function valuesByName(query: string): Record<string, string[]> {
  const names = [...new Set(new URLSearchParams(query).keys())]
  return Object.fromEntries(names.map((name) => [name, new URLSearchParams(query).getAll(name)]))
}
