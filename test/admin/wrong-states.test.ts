import t from 'tap'
import { type Call, DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { account, PLACES, rows, exported, FIXTURE_NUMBER } from './state-under-test.js'

/** What is sent, and where and how it is refused. */
type Refusal = [body: unknown, at: string, message: RegExp]

const WRONG_NUMBERS: Readonly<Record<string, Refusal>> = {
  'a state that is none': [[{ e164: FIXTURE_NUMBER, state: 'sold' }], '/0/state', /must be one of aging, available, /],
  'a field that is none': [[{ e164: FIXTURE_NUMBER, state: 'aging', 'col/our': 1 }], '/0/col~1our', /is no field/],
  'a number that is none': [
    [{ e164: '415', state: 'aging' }],
    '/0/e164',
    /^must be a number in E\.164 with a plus sign, such as \+14155550142$/
  ],
  'a number of no plan': [[{ e164: '+1415523471', state: 'aging' }], '/0/e164', /no numbering plan/],
  'a number twice': [[...rows(1), ...rows(1)], '/1/e164', /another row/],
  'an owner that is a number': [[{ e164: FIXTURE_NUMBER, state: 'aging', owner: 7 }], '/0/owner', /a string/],
  'a time that is a text': [
    [{ e164: FIXTURE_NUMBER, state: 'aging', pending: { aging: { due: 'soon' } } }],
    '/0/pending/aging/due',
    /whole number/
  ]
}

const WRONG_STATES: Readonly<Record<string, Refusal>> = {
  ...Object.fromEntries(
    Object.entries(WRONG_NUMBERS).map(([name, [numbers, at, message]]): [string, Refusal] => [
      name,
      [{ numbers }, `/numbers${at}`, message]
    ])
  ),
  'no document': [undefined, '', /must be an object/],
  null: ['null', '', /must be an object/],
  'a list': [[], '', /must be an object/],
  'no JSON': ['{"numbers"', '', /the body cannot be read/],
  'a part that is none': [{ nubmers: [] }, '/nubmers', /is no field/],
  'another version': [{ version: 2 }, '/version', /^must be 1$/],
  'a run that begins with no number of ten digits': [
    { offers: [{ first: '+14155550002', last: '4155550003' }] },
    '/offers/0/first',
    /^must be ten digits, such as 4155550142$/
  ],
  'a fault with a name on two lines': [
    { faults: [{ name: 'a\nb', status: 500 }] },
    '/faults/0/name',
    /^must be printable ASCII characters, such as /
  ],
  'a fault whose id is no number': [
    { faults: [{ id: '01', status: 500 }] },
    '/faults/0/id',
    /^must be a number of 1 to 15 digits without a leading zero, such as "12"$/
  ],
  'a run that ends before it begins': [
    { offers: [{ first: '4155550002', last: '4155550001' }] },
    '/offers/0/last',
    /not be less than first, 4155550002/
  ],
  'a token twice': [
    { tokens: [1, 2].map((expires) => ({ token: 'x', account: DEMO, expires })) },
    '/tokens/1/token',
    /twice: x/
  ],
  'a search twice': [{ searches: [1, 2].map(() => ({ query: 'q', numbers: [] })) }, '/searches/1/query', /twice: q/],
  'an attempt twice': [
    { attempts: [1, 2].map((tries) => ({ e164: '+15005550503', tries })) },
    '/attempts/1/e164',
    /twice/
  ],
  'a parent that does not exist': [
    { accounts: [{ ...account('a'), parent: 'f'.repeat(32) }] },
    '/accounts/0/parent',
    /another account/
  ],
  'a fault rule of no operation': [
    { faults: [{ operation: 'bye', status: 500 }] },
    '/faults/0/operation',
    /mean "buy"/
  ],
  'an outcome of no operation': [{ faults: [{ outcome: 'success' }] }, '/faults/0/operation', /which operation/],
  'an outcome that is none': [
    { faults: [{ operation: 'buy', outcome: 'carrier_falt' }] },
    '/faults/0/outcome',
    /mean "carrier_fault"/
  ],
  'a status that no fault has': [{ faults: [{ status: 418 }] }, '/faults/0/status', /one of 400/],
  'a fault rule about no number': [{ faults: [{ status: 500, number: 'x' }] }, '/faults/0/number', /any plan/],
  'a fault rule without effect': [{ faults: [{ times: 1 }] }, '/faults/0', /does nothing/],
  'a rule twice': [{ faults: [1, 2].map(() => ({ id: '7', status: 500 })) }, '/faults/1/id', /twice: 7/],
  'a clock that shows no time': [{ clock: { rate: 0, now: 'noon' } }, '/clock/now', /such as 2024/],
  'a clock since no time': [
    { clock: { rate: 2, now: '2024-01-01T00:00:00Z', since: 'noon' } },
    '/clock/since',
    /such as/
  ],
  'a clock that shows another time on each machine': [
    { clock: { rate: 0, now: '2024-01-31T12:00:00' } },
    '/clock/now',
    /such as 2024/
  ],
  'a clock that stands still at no time': [{ clock: { rate: 0 } }, '/clock/now', /unless the rate is 1/],
  'a clock since a time but at none': [{ clock: { rate: 1, since: '2024-01-01T00:00:00Z' } }, '/clock/since', /beside/],
  'a clock both at a time and ahead': [
    { clock: { rate: 1, now: '2024-01-01T00:00:00Z', offset_ms: 1 } },
    '/clock/offset_ms',
    /not stand beside now/
  ],
  'a clock that is ahead and stands still': [
    { clock: { rate: 0, offset_ms: 1 } },
    '/clock/now',
    /must be there unless the rate is 1/
  ]
}

t.test(
  'a wrong document is refused with the place and what would have been right, and nothing has changed',
  async (t) => {
    const calls: readonly [Pick<Call, 'method' | 'url'>, Readonly<Record<string, Refusal>>][] = [
      [{ method: 'PUT', url: '/__admin/state' }, WRONG_STATES],
      [
        { method: 'PUT', url: '/__admin/snapshots/wrong' },
        { ...WRONG_STATES, 'no document': [[], '', /must be an object/] }
      ],
      [{ method: 'POST', url: '/__admin/numbers' }, WRONG_NUMBERS]
    ]
    for (const [where, place] of Object.entries(PLACES)) {
      const subject = await emulatorFor(t, { clock: 0 })
      await subject.call({ method: 'POST', url: `${place}/__admin/numbers`, body: rows(2) })
      const before = await exported(subject, place)
      for (const [{ method, url }, refusals] of calls) {
        for (const [name, [body, at, message]] of Object.entries(refusals)) {
          const answer = await subject.call({ method, url: place + url, body })
          t.match(
            answer,
            { status: 400, body: { error: 'invalid', at, message } },
            `${method} ${url}, ${where}: ${name}`
          )
        }
      }
      t.equal(await exported(subject, place), before)
      t.match((await subject.call({ method: 'GET', url: `${place}/__admin/snapshots` })).body, { snapshots: [] })
    }
  }
)

t.test('a document that is too large is refused before it is read', async (t) => {
  const { call } = await emulatorFor(t)
  for (const [method, url] of [
    ['PUT', '/__admin/state'],
    ['POST', '/__admin/numbers'],
    ['PUT', '/__admin/snapshots/large']
  ] as const) {
    const answer = await call({ method, url, body: '{}', headers: { 'content-length': '256000001' } })
    t.match(answer, { status: 413, body: { error: 'invalid' } }, url)
  }
})
