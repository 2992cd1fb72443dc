import t from 'tap'
import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import { WARNING_CODES, type WarningCode } from '../../src/contract/warnings.js'
import type { Settings } from '../../src/settings.js'
import { type Call, emulatorFor, type Reply, type Subject } from '../harness/emulator-under-test.js'
import { warningsOf, SEARCH, NUMBERS, token, BUY, e911, AMBIGUOUS, OWN } from './warnings-under-test.js'

const SECOND = '%2B14152338421'

const PATCH_AMBIGUOUS: Call = { ...e911(AMBIGUOUS), method: 'PATCH' }

const inSandbox = (name: string): Call => ({ method: 'GET', url: `/sandboxes/${name}${NUMBERS}`, token })

interface Case {
  says: string
  code: WarningCode
  settings?: Partial<Settings>
  /** Sent before, for whatever they answer. */
  before?: Call[]
  request: Call
  /** The same as the document has it. */
  keeps: Call
}

const CASES: readonly Case[] = [
  {
    says: 'I left the + in the path unencoded',
    code: 'unencoded_plus',
    before: [SEARCH],
    request: { method: 'GET', url: `${NUMBERS}/+14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}/${OWN}`, token }
  },
  {
    says: 'My HTTP client encoded again what I had encoded',
    code: 'encoded_twice',
    request: { method: 'GET', url: `${NUMBERS}/%252B14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}/4155234712`, token }
  },
  {
    says: 'My HTTP client encoded again the start_key that I had encoded',
    code: 'encoded_twice',
    request: { method: 'GET', url: `${NUMBERS}?start_key=%252B14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?start_key=%2B14155234712`, token }
  },
  {
    says: 'I left the + of the prefix unencoded',
    code: 'unencoded_query_plus',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=+1415' },
    keeps: { method: 'GET', url: '/v2/phone_numbers?prefix=%2B1415' }
  },
  {
    says: 'I encoded the space that my framework had made of the + of a start_key',
    code: 'unencoded_query_plus',
    request: { method: 'GET', url: `${NUMBERS}?start_key=%2014155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?start_key=%2B14155234712`, token }
  },
  {
    says: 'I sent the key of the response as it is called there',
    code: 'unknown_query_key',
    request: { method: 'GET', url: `${NUMBERS}?next_start_key=%2B14155234712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?start_key=%2B14155234712`, token }
  },
  {
    says: 'I wrote the number for people to read',
    code: 'number_form',
    request: { method: 'GET', url: `${NUMBERS}/415-523-4712`, token },
    keeps: { method: 'GET', url: `${NUMBERS}/14155234712`, token }
  },
  {
    says: 'One number of my collection has spaces',
    code: 'number_form',
    before: [SEARCH],
    request: {
      method: 'PUT',
      url: `${NUMBERS}/collection/activate`,
      token,
      body: { data: { numbers: ['415 233 8397'] } }
    },
    keeps: {
      method: 'PUT',
      url: `${NUMBERS}/collection/activate`,
      token,
      body: { data: { numbers: ['+14152338397'] } }
    }
  },
  {
    says: 'I sent the fields without data around them',
    code: 'missing_data',
    before: [SEARCH],
    request: { ...BUY, body: { used_by: 'callflow' } },
    keeps: BUY
  },
  {
    says: 'I sent Latin-1',
    code: 'not_utf8',
    before: [SEARCH],
    request: { ...BUY, body: Buffer.from('{"data":{"city":"Montréal"}}', 'latin1') },
    keeps: { ...BUY, body: { data: { city: 'Montréal' } } }
  },
  {
    says: 'I sent Latin-1 and named another method',
    code: 'not_utf8',
    request: {
      method: 'POST',
      url: `${NUMBERS}?verb=GET`,
      token,
      body: Buffer.from('{"data":{"city":"Montréal"}}', 'latin1')
    },
    keeps: { method: 'POST', url: `${NUMBERS}?verb=GET`, token, body: { data: { city: 'Montréal' } } }
  },
  {
    says: 'I forgot the token',
    code: 'missing_token',
    request: { method: 'GET', url: NUMBERS },
    keeps: { method: 'GET', url: NUMBERS, token }
  },
  {
    says: 'My script sent the token undefined',
    code: 'missing_token',
    request: { method: 'GET', url: NUMBERS, token: 'undefined' },
    keeps: { method: 'GET', url: `${NUMBERS}?auth_token=demo-token` }
  },
  {
    says: 'I searched by an area code and an exchange',
    code: 'prefix_form',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415233' },
    keeps: { method: 'GET', url: '/v2/phone_numbers?prefix=%2B1415233' }
  },
  {
    says: 'I searched without a prefix',
    code: 'prefix_form',
    request: { method: 'GET', url: '/v2/phone_numbers' },
    keeps: SEARCH
  },
  {
    says: 'I misspelt a key of the query',
    code: 'near_key',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quanity=2' },
    keeps: SEARCH
  },
  {
    says: 'I forgot the prefix of a search in my account',
    code: 'unknown_query_key',
    request: { method: 'GET', url: `${NUMBERS}?quantity=2`, token },
    keeps: { method: 'GET', url: `${NUMBERS}?page_size=2&created_from=63627345744&filter_not_state=port_in`, token }
  },
  {
    says: 'I asked for many numbers in words',
    code: 'unreadable_count',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=two' },
    keeps: SEARCH
  },
  {
    says: 'I asked for two quantities',
    code: 'unreadable_count',
    request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2&quantity=3' },
    keeps: SEARCH
  },
  {
    says: 'I sent a boolean as text',
    code: 'repaired_type',
    request: { method: 'POST', url: `${NUMBERS}/${OWN}`, token, body: { data: { cnam: { inbound_lookup: 'true' } } } },
    keeps: { method: 'POST', url: `${NUMBERS}/${OWN}`, token, body: { data: { cnam: { inbound_lookup: true } } } }
  },
  {
    says: 'I misspelt what I preferred',
    code: 'unknown_preference',
    request: { method: 'GET', url: NUMBERS, token, headers: { prefer: 'delay=1, cod=503' } },
    keeps: { method: 'GET', url: NUMBERS, token, headers: { prefer: 'delay=1, return=minimal, code=503' } }
  },
  {
    says: 'The id in my body was that of another number',
    code: 'id_differs',
    before: [SEARCH, BUY],
    request: e911(EXAMPLE_ADDRESS, '+14152338421'),
    keeps: e911(EXAMPLE_ADDRESS)
  },
  {
    says: 'I sent the address again though I had to choose another',
    code: 'same_address_again',
    before: [SEARCH, BUY, e911(AMBIGUOUS)],
    request: e911(AMBIGUOUS),
    keeps: e911({ ...AMBIGUOUS, street_address: '911 PROVISIONED TEST ST' })
  },
  {
    says: 'I patched the address in again though I had to choose another',
    code: 'same_address_again',
    before: [SEARCH, BUY, PATCH_AMBIGUOUS],
    request: PATCH_AMBIGUOUS,
    keeps: { ...e911(EXAMPLE_ADDRESS), method: 'PATCH' }
  },
  {
    says: 'I bought a number out of my head',
    code: 'never_searched',
    before: [SEARCH],
    request: { method: 'PUT', url: `${NUMBERS}/%2B14155550199/activate`, token },
    keeps: BUY
  },
  {
    says: 'I came back before Retry-After',
    code: 'early_retry',
    before: [{ ...BUY, headers: { prefer: 'example=too_many_requests' } }],
    request: BUY,
    keeps: { ...BUY, url: `${NUMBERS}/${SECOND}/activate` }
  },
  {
    says: 'I bought another number when the answer to the first was lost',
    code: 'bought_after_lost_answer',
    before: [SEARCH, { ...BUY, headers: { prefer: 'code=502, phase=after' } }],
    request: { ...BUY, url: `${NUMBERS}/${SECOND}/activate` },
    keeps: BUY
  },
  {
    says: 'My sandbox had to make room for another',
    code: 'sandbox_dropped',
    settings: { maxSandboxes: 1 },
    before: [inSandbox('mine'), inSandbox('other')],
    request: inSandbox('mine'),
    keeps: inSandbox('other')
  }
]

async function sent({ call }: Subject, before: readonly Call[], last: Call): Promise<Reply> {
  for (const one of before) await call(one)
  return call(last)
}

for (const { says, code, settings, before = [], request, keeps } of CASES) {
  t.test(says, async (t) => {
    t.ok(warningsOf(await sent(await emulatorFor(t, settings), before, request)).includes(code), `${code} is there`)
    t.notOk(warningsOf(await sent(await emulatorFor(t, settings), before, keeps)).includes(code), `${code} is not`)
  })
}

t.test('Every warning is tried both ways', async (t) => {
  t.same([...new Set(CASES.map(({ code }) => code))].sort(), [...WARNING_CODES].sort())
})
