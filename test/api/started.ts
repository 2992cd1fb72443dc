import { pino } from 'pino'
import { type Test } from 'tap'
import { composeEmulator, type EmulatorProcess } from '../../src/emulator.js'
import type { Settings } from '../../src/settings.js'
import { readSettings } from '../../src/text/read-settings.js'
import { numbersOf, search } from '../harness/calls.js'
import { type Call } from '../harness/emulator-under-test.js'

/** Calls something else often enough that a call which does not hang would be answered by now. */
export async function stillHangs(
  subject: { call: (call: Call) => Promise<unknown> },
  call: Promise<unknown>
): Promise<boolean> {
  let answered = false
  void call.then(() => (answered = true))
  for (let i = 0; i < 20; i++) await subject.call(search('212'))
  return !answered
}

export interface Started extends EmulatorProcess {
  port: number
  lines: string[]
}

export async function start(t: Test, settings: Partial<Settings> = {}, host = '127.0.0.1'): Promise<Started> {
  const lines: string[] = []
  const logger = pino({ level: settings.logLevel ?? 'warn' }, { write: (line) => lines.push(line) })
  const emulator = await composeEmulator({ ...readSettings({}, {}), ...settings }, logger)
  t.teardown(emulator.close)
  return { ...emulator, lines, port: await emulator.listen({ host, port: 0 }) }
}

export const NUMBERS = numbersOf()

export const SEARCH = 'GET /v2/phone_numbers?prefix=415&quantity=2'

export const request = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, '', ''].join('\r\n')
