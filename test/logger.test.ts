import t from 'tap'
import { LateLogger, quietLogger, type Logger } from '../src/logger.js'

/** Levels from what matters least to what matters most. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** A logger that keeps what it is told, and how it was made. */
function listener(kept: unknown[][], bindings: object = {}): Logger {
  const say = (level: string) => (facts: unknown, message?: string) => {
    kept.push([level, bindings, facts, message])
  }
  const [trace, debug, info, warn, error, fatal] = LEVELS.map(say)
  const says = { trace, debug, info, warn, error, fatal } as Pick<Logger, (typeof LEVELS)[number]>
  return {
    ...says,
    level: 'trace',
    silent: () => undefined,
    isLevelEnabled: () => true,
    child: (more, options) => listener(kept, { ...bindings, ...more, ...options })
  }
}

t.test('I hear what matters as much as I have asked for, and more', async (t) => {
  for (const [index, level] of LEVELS.entries()) {
    const kept: unknown[][] = []
    const logger = new LateLogger(level, () => listener(kept))
    for (const one of LEVELS) logger[one]({ one }, one)
    logger.silent()
    t.same(
      kept,
      LEVELS.slice(index).map((one) => [one, {}, { one }, one]),
      level
    )
  }
})

t.test('a logger is made when it has something to say, and once', async (t) => {
  let made = 0
  const kept: unknown[][] = []
  const logger = new LateLogger('warn', () => {
    made++
    return listener(kept)
  })
  const child = logger.child({ reqId: '1' }, { extra: true })
  child.info('nobody wants to know')
  t.equal(made, 0)
  child.warn('this is to be heard')
  logger.error('so is this')
  t.equal(made, 1)
  t.same(kept, [
    ['warn', { reqId: '1', extra: true }, 'this is to be heard', undefined],
    ['error', {}, 'so is this', undefined]
  ])
})

t.test('an emulator within my test says nothing, unless I give it a logger', async (t) => {
  const logger = quietLogger()
  t.notOk(logger.isLevelEnabled('fatal'))
  t.doesNotThrow(() => {
    logger.child({}).fatal('nobody hears this')
  })
  t.equal(logger.level, 'silent')
})
