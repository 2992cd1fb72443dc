/** Filters and pages of a list. Every filter that is given has to hold. */
import { ADDRESS, BOUGHT, buyAll, FIRST, IN_SERVICE, list, RESERVED, search, SECOND, store } from '../harness/calls.js'
import type { Case, Step } from '../harness/case.js'
import { DEMO } from '../harness/emulator-under-test.js'

const ALL = [IN_SERVICE, RESERVED, BOUGHT]

/** One number with fields of every type; the others have none of them. */
const FIELDS = { team: 'blue', nested: { deep: 'x' }, count: 3, flag: true, empty: '', list: [1], 'a.b': 'dotted' }
const GIVEN: readonly Step[] = [store(BOUGHT, { ...FIELDS, e911: ADDRESS, used_by: 'callflow' })]

const json = (...values: readonly unknown[]) => encodeURIComponent(JSON.stringify(values))

// prettier-ignore
const FILTERS: readonly [query: string, numbers: readonly string[]][] = [
  ['filter_state=in_service', [IN_SERVICE, BOUGHT]],
  ['filter_state=reserved', [RESERVED]],
  ['filter_state=IN_SERVICE', []],
  ['filter_state=', []],
  [`filter_state=${json('in_service', 'port_in')}`, [IN_SERVICE, BOUGHT]],
  [`filter_state=${json('in_service', 'reserved')}`, ALL],
  [`filter_state=${json()}`, []],
  ['filter_state=%5B%22in_service%22', []],
  ['filter_not_state=reserved', [IN_SERVICE, BOUGHT]],
  [`filter_not_state=${json('reserved', 'in_service')}`, []],
  ['filter_pvt_state=reserved', [RESERVED]],
  ['filter_not_pvt_state=reserved', [IN_SERVICE, BOUGHT]],
  [`filter_assigned_to=${DEMO}`, ALL],
  ['filter_assigned_to=somebody', []],
  ['filter_used_by=callflow', [BOUGHT]],
  ['filter_pvt_used_by=callflow', [BOUGHT]],
  ['filter_not_used_by=callflow', [IN_SERVICE, RESERVED]],
  ['filter_used_by=', [IN_SERVICE, RESERVED]],
  ['filter_pvt_module_name=knm_local', [IN_SERVICE, RESERVED]],
  ['filter_pvt_created=63636963275', [IN_SERVICE]],
  ['filter_pvt_features=local', []],
  ['filter_features=local', []],
  ['has_value=used_by', []],
  ['has_key=state', []],
  ['value_missing=used_by', ALL],
  ['filter_locality=SAN%20RAFAEL', []],
  ['filter_team=blue', [BOUGHT]],
  ['filter_team=red', []],
  ['filter_team=Blue', []],
  [`filter_team=${json('red', 'blue')}`, [BOUGHT]],
  ['filter_team=%22blue%22', [BOUGHT]],
  ['filter_team=', [IN_SERVICE, RESERVED]],
  ['filter_not_team=blue', [IN_SERVICE, RESERVED]],
  ['filter_nested.deep=x', [BOUGHT]],
  ['filter_nested=x', []],
  ['filter_not_nested=x', ALL],
  ['filter_list=1', []],
  ['filter_count=3', [BOUGHT]],
  [`filter_count=${json(3)}`, [BOUGHT]],
  ['filter_flag=true', [BOUGHT]],
  ['filter_e911.locality=SAN%20FRANCISCO', [BOUGHT]],
  ['has_key=team', [BOUGHT]],
  ['has_key=nested.deep', [BOUGHT]],
  ['has_key=my_own_field', [RESERVED]],
  ['has_key=pvt_used_by', [BOUGHT]],
  ['has_key=pvt_features', ALL],
  ['key_missing=team', [IN_SERVICE, RESERVED]],
  ['key_missing=pvt_used_by', [IN_SERVICE, RESERVED]],
  ['has_value=team', [BOUGHT]],
  ['has_value=empty', []],
  ['has_value=my_own_field', []],
  ['has_value=pvt_features', ALL],
  ['value_missing=empty', ALL],
  ['value_missing=team', [IN_SERVICE, RESERVED]],
  ['missing_value=team', ALL],
  ['created_from=63636963275', [IN_SERVICE]],
  ['created_from=63633211146', ALL],
  ['created_from=63633211147', [IN_SERVICE]],
  ['created_to=63633211146', [RESERVED, BOUGHT]],
  ['created_to=63633211145', []],
  ['created_from=63633211146&created_to=63633211146', [RESERVED, BOUGHT]],
  ['modified_from=63636963276', [BOUGHT]],
  ['modified_to=63636963275', [IN_SERVICE, RESERVED]],
  ['created_from=%2B63636963275', [IN_SERVICE]],
  ['created_to=99999999999999999999', ALL],
  ['modified_from=99999999999999999999', []],
  [`modified_to=${'9'.repeat(400)}`, ALL],
  ['created_from=yesterday', []],
  ['created_to=', []],
  ['filter_state=in_service&filter_team=blue', [BOUGHT]],
  ['filter_state=reserved&filter_team=blue', []],
  ['filter_state=reserved&filter_state=in_service', []],
  ['has_key=team&has_key=count', [BOUGHT]],
  // Names that a JavaScript object has by itself are names like any other.
  ['constructor=x', ALL],
  ['toString=x&__proto__=y&hasOwnProperty=z', ALL],
  ['filter_constructor=x', []],
  ['filter_not___proto__=x', ALL],
  ['has_key=__proto__', []],
  ['has_key=constructor.name', []],
  ['filter_=x', []],
  ['filter_%00=x', []],
  ['has_key=', []],
  [`filter_${'a.'.repeat(2_000)}=x`, []]
]

/** Pages over three numbers of the fixtures and two bought ones. */
const FIVE = [FIRST, SECOND, IN_SERVICE, RESERVED, BOUGHT]
const GIVEN_FIVE: readonly Step[] = [search('415'), buyAll([FIRST, SECOND])]

interface Page {
  query: string
  numbers: readonly string[]
  size: number | null
  start?: string
  next?: string
}

const ENCODED = 'g20AAAAMKzE0MTUyMzM4NDIx'

const PAGES: readonly Page[] = [
  { query: '', numbers: FIVE, size: 5 },
  { query: 'page_size=2', numbers: [FIRST, SECOND], size: 2, next: IN_SERVICE },
  {
    query: 'page_size=2&start_key=%2B14155234712',
    numbers: [IN_SERVICE, RESERVED],
    size: 2,
    start: IN_SERVICE,
    next: BOUGHT
  },
  { query: 'page_size=2&start_key=%2B14155558921', numbers: [BOUGHT], size: 1, start: BOUGHT },
  { query: 'page_size=5', numbers: FIVE, size: 5 },
  { query: 'page_size=1', numbers: [FIRST], size: 1, next: SECOND },
  { query: `page_size=1&start_key=${ENCODED}`, numbers: [SECOND], size: 1, start: SECOND, next: IN_SERVICE },
  { query: 'page_size=0', numbers: FIVE, size: 5 },
  { query: 'page_size=-1', numbers: FIVE, size: 5 },
  { query: 'page_size=two', numbers: FIVE, size: 5 },
  { query: 'page_size=1.5', numbers: FIVE, size: 5 },
  { query: 'page_size=', numbers: FIVE, size: 5 },
  { query: 'page_size=99999999999999999999', numbers: FIVE, size: 5 },
  { query: 'page_size=9007199254740993', numbers: FIVE, size: 5 },
  { query: 'page_size=2&page_size=3', numbers: [FIRST, SECOND], size: 2, next: IN_SERVICE },
  { query: 'paginate=false', numbers: FIVE, size: null },
  { query: 'paginate=false&page_size=2', numbers: FIVE, size: null },
  { query: 'paginate=true&page_size=2', numbers: [FIRST, SECOND], size: 2, next: IN_SERVICE },
  { query: 'start_key=', numbers: FIVE, size: 5, start: '' },
  { query: 'start_key=nonsense', numbers: [], size: 0, start: 'nonsense' },
  { query: 'start_key=g20AAAAM', numbers: [], size: 0, start: 'g20AAAAM' },
  // An unescaped plus is a space, which would sort before every number.
  { query: 'start_key=+14155558920', numbers: [RESERVED, BOUGHT], size: 2, start: RESERVED },
  // A plus that was encoded twice would do so, too; it is read as in a path.
  { query: 'start_key=%252B14155558920', numbers: [RESERVED, BOUGHT], size: 2, start: RESERVED },
  { query: 'start_key=%252b14155558920', numbers: [RESERVED, BOUGHT], size: 2, start: RESERVED },
  { query: 'page_size=1&filter_state=reserved', numbers: [RESERVED], size: 1 },
  {
    query: 'page_size=1&filter_state=in_service&start_key=%2B14152338422',
    numbers: [IN_SERVICE],
    size: 1,
    start: '+14152338422',
    next: BOUGHT
  },
  { query: '_=1700000000000&include_ports=false&blocks=1&country=US&hard=true&accept=csv', numbers: FIVE, size: 5 }
]

/** Characters that JSON escapes, and some that it does not. */
const ANY_TEXT = '"\\\n\u0001\u007f\u2028 ключ \u{1f4de}'
const USED_BY = `/data/numbers/${BOUGHT}/used_by`

export const LIST_CASES: readonly Case[] = [
  {
    title: 'a list says what uses a number, whatever its name',
    given: [store(BOUGHT, { used_by: ANY_TEXT })],
    when: list(),
    expect: { status: 200, at: { [USED_BY]: ANY_TEXT } },
    kazoo: { status: 200, at: { [USED_BY]: null } }
  },
  ...FILTERS.map(([query, numbers]) => ({
    title: query.slice(0, 100),
    given: GIVEN,
    when: list(`?${query}`),
    expect: { status: 200, numbers }
  })),
  ...PAGES.map(({ query, numbers, size, start, next }) => ({
    title: `a page: ${query}`,
    given: GIVEN_FIVE,
    when: list(`?${query}`),
    expect: {
      status: 200,
      numbers,
      at: { '/page_size': size, '/start_key': start ?? null, '/next_start_key': next ?? null }
    }
  }))
]
