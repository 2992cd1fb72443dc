import type { FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import { refuseStaleToken, sentToken } from './authentication.js'
import { contextOf, type Envelope } from './context.js'
import { refuseForeignMethod } from './methods.js'

/** Resources that the real service has beside phone numbers (the reference implementation's modules) and this one has not. */
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

/** The first part of a path below `/v2`, or below an account in it. */
const RESOURCE = /^\/v2\/(?:accounts\/[^/?]+\/)?([^/?]+)/

/** What lies beside the paths of this resource is not found, whoever asks. */
const OWN_RESOURCE = 'phone_numbers'

/** Answers a path that no route has: 501 where the real service has something there, else 404. */
export function refuseUnknownPath(request: FastifyRequest): never {
  refuseForeignMethod(request)
  const { dialect, auth } = contextOf(request).sandbox.behaviour
  const [, resource = OWN_RESOURCE] = RESOURCE.exec(request.url) ?? []
  const isAnonymous = sentToken(request, request.body as Envelope) === ''
  refuseStaleToken(request)
  if (dialect.unknown_path === 'credentials_first' && auth !== 'off' && isAnonymous && resource !== OWN_RESOURCE) {
    throw new Problem('invalid_credentials')
  }
  if (OTHER_RESOURCES.has(resource)) throw new Problem('not_emulated', resource)
  throw new Problem('not_found')
}
