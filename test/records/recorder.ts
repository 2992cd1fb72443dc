import { pino } from 'pino'
import type { Test } from 'tap'
import { composeProxy } from '../../src/cli/proxy.js'
import { OPERATION_NAMES } from '../../src/contract/outcomes.js'
import type { DialectName } from '../../src/dialect.js'
import { readSettings } from '../../src/text/read-settings.js'
import type { Call, Subject } from '../harness/emulator-under-test.js'
import { serviceFor } from '../harness/proxy-under-test.js'

interface Answer {
  status: number
  body: string
}

/** Alters an answer, as another service would give it. */
export type Adapter = (answer: Answer) => Answer

interface Circumstances {
  dialect?: DialectName
  adapt?: Adapter
}

/**
 * Starts a proxy in front of an emulator that stands for the service, over real sockets. The function that it returns sends calls
 * through the proxy, which writes each with its answer into the folder.
 */
export async function recorderFor(
  t: Test,
  service: Subject,
  folder: string,
  { dialect = 'oneuc', adapt }: Circumstances = {}
): Promise<(calls: readonly Call[]) => Promise<void>> {
  const direct = `http://127.0.0.1:${await service.listen()}`
  const upstream = adapt === undefined ? direct : await adapterFor(t, direct, adapt)
  const settings = {
    ...readSettings({}, {}),
    upstream,
    record: folder,
    allow: ['unmatched', ...OPERATION_NAMES].join(','),
    dialect
  }
  const proxy = await composeProxy(settings, pino({ level: 'silent' }))
  t.teardown(proxy.close)
  const url = `http://127.0.0.1:${await proxy.listen({ host: '127.0.0.1', port: 0 })}`
  return async (calls) => {
    for (const call of calls) await sendTo(url, call)
  }
}

async function sendTo(base: string, { method, url, body, token = 'demo-token', headers = {} }: Call): Promise<void> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(base + url, {
    method,
    headers: { 'x-auth-token': token, ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  await response.arrayBuffer()
}

/** Starts a service that answers as another one does, but for what `adapt` alters. */
function adapterFor(t: Test, upstream: string, adapt: Adapter): Promise<string> {
  return serviceFor(t, ({ url = '', headers }, response) => {
    void fetch(upstream + url, { headers: { 'x-auth-token': String(headers['x-auth-token']) } })
      .then(async (reply) => adapt({ status: reply.status, body: await reply.text() }))
      .then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body))
  })
}
