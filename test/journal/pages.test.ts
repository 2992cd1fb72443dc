/** Whatever was sent and removed, a list is the slice of what is left. */
import fc from 'fast-check'
import t from 'tap'
import { at, adminFor, rows, text } from '../admin/admin-under-test.js'

/** A request as the model knows it. */
interface Sent {
  id: string
  url: string
  isUnmatched: boolean
  loggedAt: number
}

const URLS = ['/v2/phone_numbers?prefix=415', '/v2/phone_numbers?prefix=212', '/v2/nothing', '/v2/nowhere?a=1'] as const

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ send: fc.constantFrom(...URLS) }) },
  { weight: 1, arbitrary: fc.record({ removeLike: fc.constantFrom(...URLS) }) },
  { weight: 1, arbitrary: fc.record({ removeAt: fc.nat(12) }) }
)
const page = fc.record(
  {
    limit: fc.nat(6),
    offset: fc.nat(6),
    sort: fc.constantFrom('asc', 'desc'),
    unmatched: fc.constantFrom('true', 'false'),
    /** The position of the request from whose time on requests are listed. */
    since: fc.nat(8)
  },
  { requiredKeys: [] }
)

t.test('Whatever was sent and removed, a list is the slice of what is left', async (t) => {
  const { admin, api, app } = await adminFor(t)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(page, { maxLength: 6 }), async (steps, pages) => {
      await admin('DELETE', '/requests')
      let left: Sent[] = []
      for (const one of steps) {
        if ('send' in one) {
          await api('GET', one.send)
          const [last] = rows((await admin('GET', '/requests?limit=1')).body.requests)
          left.push({
            id: text(last?.id),
            url: one.send,
            isUnmatched: last?.wasMatched === false,
            loggedAt: Number(at(last, 'request', 'loggedDate'))
          })
        } else if ('removeLike' in one) {
          const { body } = await admin('POST', '/requests/remove', { url: one.removeLike })
          const removed = left.filter(({ url }) => url === one.removeLike).map(({ id }) => id)
          t.strictSame(idsIn(body.requests), removed)
          left = left.filter(({ url }) => url !== one.removeLike)
        } else {
          const gone = left[one.removeAt]
          t.equal((await admin('DELETE', `/requests/${gone?.id ?? '0'}`)).status, gone === undefined ? 404 : 200)
          left = left.filter((other) => other !== gone)
        }
      }
      for (const { since, ...query } of pages) {
        const from = left[since ?? -1]?.loggedAt
        const wanted = left.filter(
          (one) => one.loggedAt >= (from ?? 0) && (query.unmatched !== 'true' || one.isUnmatched)
        )
        if (query.sort !== 'asc') wanted.reverse()
        const { limit = wanted.length, offset = 0 } = query
        const answer = await app.inject({
          url: '/__admin/requests',
          query: {
            ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
            ...(from === undefined ? {} : { since: new Date(from).toISOString() })
          }
        })
        const body = JSON.parse(answer.payload) as { requests: { id: string }[]; meta: { total: number } }
        const ids = wanted.slice(offset, offset + limit).map(({ id }) => id)
        t.strictSame([idsIn(body.requests), body.meta.total], [ids, wanted.length], JSON.stringify(query))
      }
    })
  )
})

function idsIn(value: unknown): string[] {
  return rows(value as never).map(({ id }) => text(id))
}
