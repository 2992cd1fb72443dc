/** Texts that are hard to keep: every place of a state gives back what it took, or refuses it. */
import t from 'tap'
import { valueAtPointer } from '../../src/json.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { ACCOUNT } from '../state/fixtures-under-test.js'

const TEXTS: Readonly<Record<string, string>> = {
  'half of a surrogate pair': 'a\ud800b',
  'the other half alone': '\udfff',
  'halves in the wrong order': '\udfff\ud800',
  NUL: 'a\0b',
  'a separator of lines': '\u2028\u0085\r\n',
  'a character of four bytes': '\u{1f4de}\u{10ffff}',
  'a byte order mark': '\ufeffa',
  'the sign for what cannot be read': '\ufffd'
}

const NUMBER = { e164: '+14155550100', state: 'in_service', owner: DEMO }
const numberWith = (fields: object) => ({ numbers: [{ ...NUMBER, ...fields }] })
const accountWith = (fields: object) => ({ accounts: [{ ...ACCOUNT, id: DEMO, ...fields }] })

/** Fills a text up to the length of an account id, in code points as JSON Schema counts them. */
const idOf = (text: string) => text + 'x'.repeat(32 - Array.from(text).length)

/** Each place in a document, by its pointer, and whether it takes whole characters only. */
const PLACES: readonly [at: string, isColumn: boolean, write: (text: string) => object, expand?: typeof idOf][] = [
  ['/numbers/0/used_by', true, (text) => numberWith({ used_by: text })],
  ['/numbers/0/owner', true, (text) => numberWith({ owner: text }), idOf],
  ['/numbers/0/history/0', true, (text) => numberWith({ history: [text] }), idOf],
  ['/numbers/0/features/0', false, (text) => numberWith({ features: [text] })],
  ['/numbers/0/document/own/0', false, (text) => numberWith({ document: { own: [text], [text]: 1 } })],
  ['/numbers/0/document/e911/locality', false, (text) => numberWith({ document: { e911: { locality: text } } })],
  ['/tokens/0/token', true, (token) => ({ tokens: [{ token, account: DEMO, expires: 10 ** 12 }] })],
  ['/tokens/0/account', true, (account) => ({ tokens: [{ token: 't', account, expires: 10 ** 12 }] }), idOf],
  ['/searches/0/query', true, (query) => ({ searches: [{ query, numbers: [] }] })],
  ['/accounts/0/id', true, (id) => accountWith({ id }), idOf],
  ['/accounts/0/name', false, (name) => accountWith({ name })],
  ['/accounts/0/realm', false, (realm) => accountWith({ realm })],
  ['/accounts/0/user', false, (user) => accountWith({ user })],
  ['/accounts/0/password', false, (password) => accountWith({ password })],
  ['/accounts/0/token', false, (token) => accountWith({ token })],
  ['/faults/0/body', false, (body) => ({ faults: [{ status: 500, body }] })]
]

for (const [title, text] of Object.entries(TEXTS)) {
  t.test(`A state with ${title} comes back as I sent it, or is refused`, async (t) => {
    const { call } = await emulatorFor(t, { snapshots: t.testdir({}) })
    for (const [at, isColumn, write, expand = String] of PLACES) {
      const sent = expand(text)
      const { status, body } = await call({ method: 'PUT', url: '/__admin/state', body: write(sent) })
      if (isColumn && /\p{Cs}/u.test(text)) {
        t.match(
          { status, body },
          { status: 400, body: { at, message: /^must be a text without half of a surrogate pair/ } },
          at
        )
        continue
      }
      t.equal(status, 200, `${at}: ${JSON.stringify(body)}`)
      const kept = async () => valueAtPointer((await call({ method: 'GET', url: '/__admin/state' })).body, at)
      t.equal(await kept(), sent, at)
      await call({ method: 'PUT', url: '/__admin/snapshots/kept' })
      await call({ method: 'POST', url: '/__admin/reset' })
      await call({ method: 'POST', url: '/__admin/snapshots/kept' })
      t.equal(await kept(), sent, `${at}, from a snapshot in a file`)
    }
  })

  t.test(`The journal shows a body with ${title} as I sent it`, async (t) => {
    const { call } = await emulatorFor(t)
    const url = `/v2/accounts/${DEMO}/phone_numbers/%2B14155234712`
    const sent = JSON.stringify({ data: { own: text } })
    const { body } = await call({ method: 'POST', url, token: 'any', body: sent })
    t.match(body, { data: { own: text } })
    const journal = (await call({ method: 'GET', url: '/__admin/requests' })).body
    t.equal(valueAtPointer(journal, '/requests/0/request/body'), sent)
    const answered = String(valueAtPointer(journal, '/requests/0/response/body'))
    t.match(JSON.parse(answered), { data: { own: text } })
  })
}
