import t from 'tap'
import { buy, FIRST, list, search } from '../harness/calls.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { lastOf } from './last-entry.js'

t.test('A fault "before" with a body of its own carries nothing out', async (t) => {
  const subject = await emulatorFor(t)
  await subject.call(search('415'))
  for (const [body, type, text] of [
    [{ a: [1] }, 'application/json', '{"a":[1]}'],
    ['{}', 'text/plain; charset=utf-8', '{}']
  ] as const) {
    const rule = { operation: 'buy', status: 520, body, times: 1 }
    await subject.call({ method: 'POST', url: '/__admin/faults', body: rule })
    t.match(await subject.call(buy(FIRST)), { status: 520, headers: { 'content-type': type }, text })
    t.match(await lastOf(subject), { outcome: null, changes: [], fault: 'status 520' })
    t.equal(subject.find(FIRST), undefined)
  }
})

t.test('A delay with a range is the same on every run', async (t) => {
  const subject = await emulatorFor(t)
  const { faults, identifiers } = subject.sandbox
  const draw = () => {
    faults.restore([{ id: '1', hits: 0, name: 'x', operation: 'buy', delay_ms: { min: 10, max: 500_000 } }])
    return [1, 2, 3].map(() => faults.match({ operation: 'buy', numbers: [], account: '' }, identifiers)?.delay_ms)
  }
  const first = draw()
  t.same(first, draw())
  t.equal(new Set(first).size, 3)
  t.ok(first.every((delay = 0) => delay >= 10 && delay <= 500_000))
})

t.test('A client that cannot set headers asks in the query', async (t) => {
  const subject = await emulatorFor(t, { contract: 'strict' })
  const asked = async (query: string) => subject.call(list(`?page_size=1&${query}`))
  const code = await asked('__code=503&__delay=1')
  t.match(code, {
    status: 503,
    headers: { 'preference-applied': 'code=503, delay=1', 'x-emulator-warning': undefined }
  })
  t.match((await lastOf(subject)).request, { url: /__code=503/ })
  t.match(await asked('__example=token_rejected'), { status: 401 })
  t.match(await asked('__code=200'), { status: 200, body: { page_size: 1 } })
  t.match(await asked('__code=418'), { status: 400, body: { message: 'preference unknown' } })
  t.match(await asked('__cod=503'), { status: 400, text: /did you mean \\"__code\\"\?/ })
  const header = { ...list('?__code=503&__code=500'), headers: { prefer: 'code=504' } }
  t.match(await subject.call(header), { status: 504 }, 'the header counts first')
  t.match(await subject.call(list('?a__b=1')), { status: 400, text: /unknown_query_key/ })
})
