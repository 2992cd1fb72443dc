import { Client } from './client.js'
import { Connection } from './connection.js'
import { bytesOf, jsonMessage } from './message.js'
import { onProgram, type Target, type Workload } from './run.js'

const WAITS = 1_000
const ENTRIES = 1_000
/** Three rounds, as another program may have the processor during one of them. */
const ROUNDS = 3
const CALLS_A_ROUND = 200
const NOTE_CHARACTERS = 4_417
const TIMEOUT_MS = 600_000
/** A second client waits less in one round at least. */
const MOST_MILLISECONDS = 100
/** The journal, a thousand connections with their waits, and the young generation of V8. */
const GROWTH_MEGABYTES = 128
const NUMBER = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers/%2B14155234712'

/** Waits with expressions on a full journal: they share the time with a client of another sandbox. */
export const waits: Workload = {
  name: 'waits',
  says: `${WAITS} waits with expressions on a full journal`,
  share: 0,
  run: (run) =>
    onProgram(run, { growthMegabytes: GROWTH_MEGABYTES }, async (target) => {
      const filling = new Client(target, 'filling')
      const note = 'x'.repeat(NOTE_CHARACTERS)
      for (let i = 0; i < ENTRIES; i++) await filling.ask(jsonMessage('POST', NUMBER, { data: { note, i } }), 'api')
      filling.close()
      const rounds: number[] = []
      for (let round = 0; round < ROUNDS && target.program.isAlive(); round++) rounds.push(await slowestCall(target))
      for (const [i, milliseconds] of rounds.entries()) run.figures.set(`ms at most in round ${i + 1}`, milliseconds)
      const least = Math.min(...rounds)
      if (least >= MOST_MILLISECONDS) run.findings.note(`a second client waits ${Math.round(least)} ms`, 'beside', '')
    })
}

/** Opens the waits, and measures in milliseconds how long the slowest call beside them takes. */
async function slowestCall(target: Target): Promise<number> {
  const client = new Client(target, 'beside')
  await client.ask(jsonMessage('GET', `/sandboxes/beside${NUMBER}`), 'api')
  const opened = Array.from({ length: WAITS }, (_, i) => {
    const connection = new Connection(target.program.port)
    // Expressions that take long, and match nothing.
    const bodyPatterns = [{ matches: `[^x]*(?:ab|ba)*[^y]{0,${50 + (i % 100)}}z` }]
    connection.send(bytesOf(jsonMessage('POST', '/__admin/requests/wait', { bodyPatterns, timeout_ms: TIMEOUT_MS })))
    return connection
  })
  // The first call may stand behind the opening of a thousand connections.
  await client.ask(jsonMessage('GET', `/sandboxes/beside${NUMBER}`), 'api')
  let slowest = 0
  for (let i = 0; i < CALLS_A_ROUND && target.program.isAlive(); i++) {
    const begin = performance.now()
    await client.ask(jsonMessage('GET', `/sandboxes/beside${NUMBER}`), 'api')
    slowest = Math.max(slowest, performance.now() - begin)
  }
  for (const connection of opened) connection.close()
  client.close()
  return slowest
}
