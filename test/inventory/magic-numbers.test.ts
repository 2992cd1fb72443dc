import t from 'tap'
import { MAGIC_CHARGE, quote, sumOfQuotes } from '../../src/inventory/charges.js'
import { MAGIC_E164, MAGIC_NUMBERS, magicNumber } from '../../src/inventory/magic-numbers.js'
import { DEMO } from '../harness/emulator-under-test.js'

t.test('The magic numbers are the documented ones', async (t) => {
  const lines = '0200 0400 0402 0403 0404 0412 0429 0500 0501 0503 0504 0598 0599'.split(' ')
  t.same(
    MAGIC_E164,
    lines.map((line) => `+1500555${line}`)
  )
  t.same(
    MAGIC_NUMBERS.filter(({ description }) => description === ''),
    []
  )
  const fails: [line: string, status: number, kind: string, times?: number][] = [
    ['0400', 400, 'number_is_porting'],
    ['0402', 402, 'accept_charges'],
    ['0403', 403, 'forbidden'],
    ['0404', 404, 'bad_identifier'],
    ['0412', 402, 'not_enough_credit'],
    ['0429', 429, 'too_many_requests', 2],
    ['0500', 500, 'carrier_fault'],
    ['0501', 500, 'missing_provider_url'],
    ['0503', 503, 'datastore_unreachable', 2],
    ['0599', 500, 'connection_closed']
  ]
  for (const [line, status, kind, times] of fails) {
    const e164 = `+1500555${line}`
    const magic = magicNumber(e164)
    t.match(magic?.fails?.(e164, DEMO), { status, kind }, line)
    t.equal(magic?.times, times, `${line}: how often`)
  }
  t.same(
    MAGIC_NUMBERS.filter(({ fails: failure }) => failure === undefined).map(({ line }) => line),
    ['0200', '0504', '0598']
  )
  t.equal(magicNumber('+15005550598')?.losesResponse, true)
  t.equal(magicNumber('+15005550402')?.quoted, true)
  t.equal(magicNumber('+15005550504')?.delay, 30_000)
  t.equal(magicNumber('+14152338397'), undefined)
})

t.test('Quotes of several numbers add up, item by item', async (t) => {
  const line = {
    category: 'phone_numbers',
    item: 'did',
    quantity: 1,
    rate: 1,
    single_discount: false,
    single_discount_rate: 0,
    cumulative_discount: 0,
    cumulative_discount_rate: 0,
    activation_charges: 1
  }
  t.same(quote(MAGIC_CHARGE), { phone_numbers: { did: line } })
  const other = quote({ category: 'phone_numbers', item: 'tollfree', rate: 5, activation_charge: 2 })
  t.same(sumOfQuotes([]), {})
  t.same(sumOfQuotes([{ phone_numbers: 'free' }]), { phone_numbers: {} }, 'what is no bill adds nothing')
  t.same(sumOfQuotes([{ fees: { did: 1 } }, { fees: { did: 2 } }]), { fees: { did: 2 } }, 'what is no line is replaced')
  t.same(sumOfQuotes([quote(MAGIC_CHARGE), other, quote(MAGIC_CHARGE)]), {
    phone_numbers: {
      did: { ...line, quantity: 2, activation_charges: 2 },
      tollfree: { ...line, item: 'tollfree', rate: 5, activation_charges: 2 }
    }
  })
})
