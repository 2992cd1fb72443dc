import t from 'tap'
import { builtInFixtures } from '../../src/state/fixtures.js'
import { MAGIC_E164 } from '../../src/inventory/magic-numbers.js'
import { freeRanges, numbersOf, type TakenNumbers } from '../../src/inventory/free-numbers.js'
import { searchRecord } from '../../src/inventory/search-record.js'
import { createInventory } from '../../src/inventory/inventory.js'
import { isPhoneNumber } from '../../src/numbering/e164.js'
import { DEMO, emulatorFor } from '../harness/emulator-under-test.js'
import { readFixture } from '../harness/fixture-files.js'

interface Row {
  npa: string
  nxx: string
  rate_center: string | null
  state: string | null
  lata: string | null
}

const GEOGRAPHIC = readFixture('rate-centers.json') as Row[]

const TOLL_FREE = readFixture('toll-free.json') as Row[]

const areaCodes = (rows: readonly Row[]) => [...new Set(rows.map(({ npa }) => npa))]

const inventory = builtInFixtures().inventory()

const NOTHING_TAKEN: TakenNumbers = { byExchange: {}, list: () => [] }

/** The stocked exchanges of a prefix. */
function blocksOf(prefix: string): { block: string; from: number; to: number }[] {
  const { npa, exchanges } = inventory.exchangesWithPrefix(prefix)
  return Array.from(exchanges, ({ nxx, from, to }) => ({ block: npa + nxx, from, to }))
}

/** The generated numbers of a prefix, nothing being taken. */
function offered(prefix: string, skip: number, limit: number): string[] {
  return numbersOf(freeRanges(inventory.exchangesWithPrefix(prefix), skip, limit, NOTHING_TAKEN))
}

t.test('Every area code of the fixtures offers well-formed numbers of its own', async (t) => {
  const codes = [...areaCodes(GEOGRAPHIC), ...areaCodes(TOLL_FREE)]
  t.equal(new Set(codes).size, 441)
  for (const npa of codes) {
    const numbers = offered(npa, 0, 3)
    const later = offered(npa, 123_456, 3)
    for (const national of [...numbers, ...later]) {
      const isRight =
        national.startsWith(npa) && /^[2-9]\d{2}[2-9]\d{6}$/.test(national) && isPhoneNumber(`+1${national}`)
      if (!isRight || !inventory.contains(national)) t.fail(`${npa} offers ${national}`)
    }
    t.equal(new Set([...numbers, ...later]).size, 6, npa)
  }
})

t.test('Exchanges that the fixtures list come before those that are made up', async (t) => {
  for (const npa of areaCodes(GEOGRAPHIC)) {
    const listed = GEOGRAPHIC.filter((row) => row.npa === npa).map((row) => npa + row.nxx)
    const blocks = blocksOf(npa).map(({ block }) => block)
    t.same(blocks.slice(0, listed.length), listed, npa)
    t.equal(new Set(blocks).size, blocks.length, `${npa}: each of them once`)
  }
  t.equal(offered('212', 0, 1)[0]?.slice(0, 6), `212${GEOGRAPHIC.find(({ npa }) => npa === '212')?.nxx ?? ''}`)
  t.same(
    blocksOf('2122').map(({ block }) => block),
    [...blocksOf('212').map(({ block }) => block)].filter((block) => block.startsWith('2122')),
    'a longer prefix keeps the order'
  )
})

t.test('Where numbering plans know few exchanges, no other is offered', async (t) => {
  const sparse: [npa: string, exchanges: number, unknown: string][] = [
    ['340', 58, '340230'],
    ['670', 37, '670200'],
    ['684', 20, '684200']
  ]
  for (const [npa, exchanges, unknown] of sparse) {
    t.equal(blocksOf(npa).length, exchanges, npa)
    t.same(blocksOf(unknown), [], unknown)
    t.notOk(inventory.contains(`${unknown}1234`), `${unknown} is not on sale`)
  }
  const own = createInventory([{ npa: '684', nxx: '200', rate_center: 'X', state: 'AS', lata: '884' }], [])
  t.equal([...own.exchangesWithPrefix('684').exchanges][0]?.nxx, '200', 'but for those that fixtures list')
})

t.test('273, which validators know, has numbers in Quebec', async (t) => {
  t.equal(offered('273', 0, 1).length, 1)
  t.match(inventory.rateCentre(offered('273', 0, 1)[0] ?? ''), { state: 'QC' })
})

t.test('An unknown area code offers nothing, but the one of the document does', async (t) => {
  for (const prefix of ['000', '123', '999', '911', '500']) t.same(offered(prefix, 0, 3), [], prefix)
  t.same(offered('555', 0, 2), ['5552000000', '5552000001'])
  t.equal(inventory.rateCentre('5552225562'), undefined)
})

t.test('Reserved exchanges are not offered, and of 555 only the numbers set aside for fiction', async (t) => {
  for (const nxx of ['211', '911', '950', '958', '959', '976', '011', '155']) {
    t.same(blocksOf(`415${nxx}`), [], nxx)
    t.notOk(inventory.contains(`415${nxx}0000`), `${nxx} is not held`)
  }
  t.same(blocksOf('415555'), [{ block: '415555', from: 100, to: 200 }])
  t.same(blocksOf('4155552'), [])
  t.same(blocksOf('41555501'), [{ block: '415555', from: 100, to: 200 }])
  t.same(blocksOf('4155550150'), [{ block: '415555', from: 150, to: 151 }])
  t.ok(inventory.contains('4155550199'))
  t.notOk(inventory.contains('4155550200'))
})

t.test('A prefix may have three to ten digits', async (t) => {
  const cases: [prefix: string, exchanges: number, numbers: number][] = [
    ['415', 788, 7_870_100],
    ['4152', 99, 990_000],
    ['41523', 10, 100_000],
    ['415233', 1, 10_000],
    ['4152338', 1, 1_000],
    ['41523383', 1, 100],
    ['415233839', 1, 10],
    ['4152338397', 1, 1]
  ]
  for (const [prefix, exchanges, numbers] of cases) {
    const found = blocksOf(prefix)
    t.equal(found.length, exchanges, `${prefix}: exchanges`)
    t.equal(
      found.reduce((sum, { from, to }) => sum + to - from, 0),
      numbers,
      `${prefix}: numbers`
    )
    t.ok(
      offered(prefix, 0, 500).every((national) => national.startsWith(prefix)),
      `${prefix}: all begin so`
    )
    t.equal(offered(prefix, numbers - 1, 500).length, 1, `${prefix}: the last`)
    t.equal(offered(prefix, numbers, 500).length, 0, `${prefix}: and then no more`)
  }
})

t.test('A number has the rate center of its exchange, and a toll-free number has none', async (t) => {
  for (const { npa, nxx, rate_center, state, lata } of GEOGRAPHIC) {
    t.same(inventory.rateCentre(`${npa}${nxx}1234`), { lata, name: rate_center, state }, npa + nxx)
  }
  for (const { npa, nxx } of TOLL_FREE) t.equal(inventory.rateCentre(`${npa}${nxx}1234`), undefined, npa + nxx)
  const elsewhere = inventory.rateCentre('4159990000')
  t.ok(
    GEOGRAPHIC.some(({ npa, rate_center }) => npa === '415' && rate_center === elsewhere?.name),
    'an exchange that no row names lies in a place of the area code'
  )
  const partly = createInventory([{ npa: '415', nxx: '233', rate_center: 'X', state: null, lata: '722' }], [])
  t.equal(partly.rateCentre('4152330000'), undefined, 'a row without a state names no place')
  t.equal(
    createInventory([{ npa: '415', nxx: '233', rate_center: 'X', state: 'CA', lata: null }], []).rateCentre(
      '4152330000'
    ),
    undefined,
    'nor one without a LATA'
  )
})

t.test('area codes are found by the name of a place, whatever its case', async (t) => {
  const [first] = inventory.rateCentresOf('San Rafael')
  t.same(first, { npa: '415', name: 'SAN RAFAEL', state: 'CA' })
  t.same(inventory.rateCentresOf('nowhere'), [])
  const partly = createInventory([{ npa: '415', nxx: '233', rate_center: 'X', state: null, lata: null }], [])
  t.same(partly.rateCentresOf('x'), [], 'a place without a state is none')
})

t.test('Number ids are upper-case version 4 UUIDs, one for each number', async (t) => {
  const numbers = areaCodes(GEOGRAPHIC).flatMap((npa) => offered(npa, 0, 10).map((national) => `+1${national}`))
  const ids = numbers.map((e164) => inventory.numberId(e164))
  t.same(
    ids.filter((id) => !/^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/.test(id)),
    []
  )
  t.equal(new Set(ids).size, ids.length)
  t.equal(inventory.numberId('+14152338397'), '4AA418FB-3409-4340-8210-E7EAFE2AB118', 'the document’s')
  t.equal(inventory.numberId('+14152338421'), '0CD68E85-F149-477F-9C13-1E720ACCC3EE', 'the document’s')
})

t.test('The inventory is the same on every machine', async (t) => {
  t.same(offered('212', 0, 2), ['2122450000', '2122450001'])
  t.equal(inventory.numberId('+12122000000'), '26BF0FF7-0786-4666-98DE-5743A7101C74')
  t.same(searchRecord(inventory, '2122000000'), searchRecord(builtInFixtures().inventory(), '2122000000'))
})

t.test('A search record reads as the document prints it', async (t) => {
  t.equal(
    JSON.stringify(searchRecord(inventory, '4152338397')),
    JSON.stringify({
      e164: '+14152338397',
      formatted_number: '1-415-233-8397',
      npa_nxx: '415233',
      number: '+14152338397',
      number_id: '4AA418FB-3409-4340-8210-E7EAFE2AB118',
      rate_center: { lata: '722', name: 'SAN RAFAEL', state: 'CA' },
      status: 'Available',
      ten_digit: '4152338397'
    })
  )
  t.notOk('rate_center' in searchRecord(inventory, '8002345678'), 'toll-free numbers have no rate centre')
})

t.test('A search begins with the numbers of the document, and each number comes once', async (t) => {
  const { call } = await emulatorFor(t)
  const cases: [prefix: string, first: string[]][] = [
    ['415', ['+14152338397', '+14152338421', '+14152000000']],
    ['415233', ['+14152338397', '+14152338421', '+14152330000']],
    ['4152338397', ['+14152338397']],
    ['555', ['+15552225562', '+15554445558', '+15552000000']],
    ['500', MAGIC_E164.slice(0, 3)],
    ['800', ['+18002340000', '+18002340001', '+18002340002']]
  ]
  for (const [prefix, first] of cases) {
    const { body } = await call({ method: 'GET', url: `/v2/phone_numbers?prefix=${prefix}&quantity=3` })
    t.same(
      (body.data as { number: string }[]).map(({ number }) => number),
      first,
      prefix
    )
  }
  const { body } = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=41523383&quantity=500' })
  const numbers = (body.data as { number: string }[]).map(({ number }) => number)
  t.equal(numbers.length, 100)
  t.equal(new Set(numbers).size, 100)
})

t.test('The pages of a search follow one another without gaps or doubles', async (t) => {
  const { call } = await emulatorFor(t)
  const page = async (offset: number) => {
    const { body } = await call({
      method: 'GET',
      url: `/v2/accounts/${DEMO}/phone_numbers?prefix=4155&quantity=7&offset=${offset}`
    })
    return (body.data as { number: string }[]).map(({ number }) => number)
  }
  const pages = [await page(0), await page(1), await page(2)].flat()
  t.same(pages.slice(0, 4), ['+14155234712', '+14155558920', '+14155558921', '+14155000000'])
  t.equal(new Set(pages).size, 21)
  t.same(pages.slice(3), [...pages.slice(3)].sort())
  t.same(await page(10_000), await page(10_000))
  t.same(await page(99_999_999), [])
})

t.test(
  'a page over the border of hundreds and exchanges is one run where the numbers follow one another',
  async (t) => {
    const run = (prefix: string, skip: number, limit: number) =>
      freeRanges(inventory.exchangesWithPrefix(prefix), skip, limit, NOTHING_TAKEN)
    t.same(run('4153', 9_999, 2), [{ first: '4153009999', last: '4153010000' }])
    const aroundTheServiceCode = [
      { first: '4153109999', last: '4153109999' },
      { first: '4153120000', last: '4153120000' }
    ]
    t.same(run('4153', 109_999, 2), aroundTheServiceCode)
    t.same(run('415233', 99, 2), [{ first: '4152330099', last: '4152330100' }])
    t.same(run('415233', 9_999, 2), [{ first: '4152339999', last: '4152339999' }])
    t.same(run('415233', 0, 0), [])
  }
)
