import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import { rejectStaleToken, readToken } from './authentication.js'
import { contextOf, type Envelope, type RequestContext } from './context.js'
import { METHODS } from './cors.js'
import { applyHostileMode } from './hostile-mode.js'
import { nearestRoute, type MethodTable } from './nearest-route.js'
import { limitRate } from './rate-limit.js'
import { pathOf } from '../text/url.js'

/** Collects the methods of every route that is registered after this, by its path without the prefix of its plugin. */
export function collectMethods(app: FastifyInstance): MethodTable {
  const table: MethodTable = new Map()
  app.addHook('onRoute', ({ routePath, method }) => {
    const known = table.get(routePath) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    table.set(routePath, known)
  })
  return table
}

/** Returns the methods of the path of a request; undefined where no route has the path. */
export function methodsOf(table: MethodTable, request: FastifyRequest): string[] | undefined {
  const methods = table.get(request.routeOptions.url ?? '')
  return methods === undefined ? undefined : METHODS.filter((method) => methods.has(method))
}

/** Paths that a browser or a probe asks for by itself. */
const PATHS_OF_BROWSERS = ['/', '/favicon.ico', '/docs']

/** Tells whether a request without a route is a mistake of the client. */
export function isMistake({ url }: FastifyRequest): boolean {
  return !PATHS_OF_BROWSERS.includes(pathOf(url))
}

/** Methods that a path answers, be it with a failure. */
const ANSWERED_METHODS: readonly string[] = [...METHODS, 'HEAD', 'OPTIONS']

/** Does for a request that is no call of the API what comes before every response: hostile mode and the rate limit. */
export function beginRefusal(request: FastifyRequest, reply: FastifyReply): RequestContext {
  const context = contextOf(request)
  const { behaviour } = context.sandbox
  if (behaviour.hostile) applyHostileMode(request, reply, context)
  if (behaviour.rateLimit !== false) limitRate(request, context)
  return context
}

/** Names the call that is nearest to a request without a route, in the response and in the journal. */
function giveHint(request: FastifyRequest, reply: FastifyReply, table: MethodTable): void {
  const nearest = nearestRoute(table, request.method, request.url)
  if (nearest === undefined) return
  const hint = `nearest is ${nearest}`
  contextOf(request).hint = hint
  reply.header('x-emulator-hint', hint)
}

/** Answers the methods that a path does not have with 405. */
export function rejectOtherMethods(app: FastifyInstance, table: MethodTable): void {
  for (const [url, methods] of [...table]) {
    const own = new Set(methods)
    app.route({
      url,
      method: ANSWERED_METHODS.filter((method) => !own.has(method)),
      exposeHeadRoute: false,
      handler: (request, reply) => {
        beginRefusal(request, reply)
        giveHint(request, reply, table)
        rejectStaleToken(request)
        throw new Problem('invalid_method')
      }
    })
    // The routes above are no methods of the path.
    table.set(url, own)
  }
}

/** Resources that the real service has beside phone numbers (the reference implementation's modules) and the emulator has not. */
// prettier-ignore
const OTHER_RESOURCES: ReadonlySet<string> = new Set([
  'about', 'access_lists', 'accounts', 'agents', 'alerts', 'api_key', 'apps_store', 'auth', 'blacklists', 'bulk', 'callflows',
  'call_inspector', 'cccps', 'cdrs', 'channels', 'children', 'clicktocall', 'comments', 'conferences', 'configs',
  'connectivity', 'descendants', 'devices', 'dialplans', 'directories', 'domains', 'faxboxes', 'faxes', 'functions',
  'global_provisioner_settings', 'google_auth', 'groups', 'hotdesks', 'interactions', 'ip_auth', 'ips', 'ledgers', 'limits',
  'lists', 'media', 'menus', 'messages', 'metaflows', 'migrations', 'multi_factor', 'notifications', 'parked_calls', 'parents',
  'pivot', 'port_requests', 'presence', 'provisioner_templates', 'queues', 'quickcall', 'ratedecks', 'rates', 'recordings',
  'registrations', 'resource_selectors', 'resource_templates', 'resources', 'schemas', 'search', 'security', 'service_plans',
  'services', 'shared_auth', 'siblings', 'sms', 'storage', 'sup', 'system_configs', 'tasks', 'temporal_rules',
  'temporal_rules_sets', 'token_auth', 'token_restrictions', 'transactions', 'tree', 'ubiquiti_auth', 'users', 'vmboxes',
  'webhooks', 'websockets', 'whitelabel'
])

/** Returns the first part of a path below `/v2`, or below an account in it; undefined for other paths. */
export function resourceOf({ url }: FastifyRequest): string | undefined {
  return /^\/v2\/(?:accounts\/[^/?]+\/)?([^/?]+)/.exec(url)?.[1]
}

/** Unknown paths of this resource are 404 for every caller. */
const OWN_RESOURCE = 'phone_numbers'

/** Makes the handler for paths that no route has. A browser that opens the root is led to `home`, a page for people. */
export function createNotFoundHandler(home: string | undefined, table: MethodTable) {
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const wantsPage = request.url === '/' && (request.headers.accept ?? '').includes('text/html')
    if (home !== undefined && wantsPage) void reply.redirect(home)
    else rejectUnknownPath(request, reply, table)
  }
}

/** Answers a path that no route has: 501 where the real service has something there, else 404. */
function rejectUnknownPath(request: FastifyRequest, reply: FastifyReply, table: MethodTable): never {
  const context = beginRefusal(request, reply)
  giveHint(request, reply, table)
  // Methods that no path has: TRACE, and those of WebDAV.
  if (!ANSWERED_METHODS.includes(request.method)) throw new Problem('invalid_method')
  const { dialect, auth } = context.sandbox.behaviour
  const resource = resourceOf(request) ?? OWN_RESOURCE
  const isAnonymous = readToken(request, request.body as Envelope) === ''
  rejectStaleToken(request)
  if (dialect.unknown_path === 'credentials_first' && auth !== 'off' && isAnonymous && resource !== OWN_RESOURCE) {
    throw new Problem('invalid_credentials')
  }
  if (OTHER_RESOURCES.has(resource)) throw new Problem('not_emulated', resource)
  throw new Problem('not_found')
}
