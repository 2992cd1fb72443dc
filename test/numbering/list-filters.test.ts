import fc from 'fast-check'
import t from 'tap'
import { dialectOf } from '../../src/dialect.js'
import type { JsonObject, JsonValue } from '../../src/json.js'
import { comparableText, isFilled, valueAt } from '../../src/numbering/document-path.js'
import { readFilters, type Filter } from '../../src/numbering/list-filters.js'
import { readStartKey, startKey } from '../../src/numbering/start-key.js'

const oneuc = dialectOf('oneuc')

const kazoo = dialectOf('kazoo-4.3')

t.test('A dotted path finds own values only', async (t) => {
  const document: JsonObject = { a: { b: [1], c: null }, d: '' }
  const values: [path: string, value: JsonValue | undefined, text: string | null, filled: boolean][] = [
    ['a', { b: [1], c: null }, null, true],
    ['a.b', [1], null, true],
    ['a.b.0', undefined, '', false],
    ['a.c', null, '', false],
    ['a.c.x', undefined, '', false],
    ['d', '', '', false],
    ['d.length', undefined, '', false],
    ['x', undefined, '', false],
    ['toString', undefined, '', false],
    ['__proto__', undefined, '', false]
  ]
  for (const [path, value, text, filled] of values) {
    const found = valueAt(document, path.split('.'))
    t.same(found, value, path)
    t.equal(comparableText(found), text, `${path} as text`)
    t.equal(isFilled(found), filled, `${path} is ${filled ? '' : 'not '}filled`)
  }
  const scalars: [value: JsonValue, text: string | null, filled: boolean][] = [
    [0, '0', true],
    [false, 'false', true],
    [1.5, '1.5', true],
    [[], null, false],
    [{}, null, false]
  ]
  for (const [value, text, filled] of scalars) {
    t.equal(comparableText(value), text, JSON.stringify(value))
    t.equal(isFilled(value), filled, JSON.stringify(value))
  }
})

t.test('Filters of a list are read as the reference reads them', async (t) => {
  const equals = (field: object, values: string[], negated = false) => ({ test: 'equals', field, values, negated })
  const state = { column: 'state' }
  const at = (...path: string[]) => ({ path })
  const cases: [query: Record<string, string | string[]>, oneuc: object[], kazoo?: object[]][] = [
    [{ filter_state: 'in_service' }, [equals(state, ['in_service'])]],
    [
      { filter_state: '["in_service","port_in"]' },
      [equals(state, ['["in_service","port_in"]', 'in_service', 'port_in'])]
    ],
    [{ filter_assigned_to: 'x' }, [equals({ column: 'owner' }, ['x'])]],
    [
      { filter_used_by: 'callflow' },
      [equals({ column: 'used_by' }, ['callflow'])],
      [equals(at('used_by'), ['callflow'])]
    ],
    [{ filter_not_state: 'x' }, [equals(state, ['x'], true)], [equals(at('state'), ['x'], true)]],
    [{ filter_not_pvt_state: 'x' }, [equals(state, ['x'], true)]],
    [{ filter_pvt_used_by: 'x' }, [equals({ column: 'used_by' }, ['x'])]],
    [{ filter_pvt_module_name: 'knm_local' }, [equals({ column: 'carrier' }, ['knm_local'])]],
    [{ filter_features: 'local' }, [equals(at('features'), ['local'])]],
    [{ 'filter_cnam.display_name': 'me' }, [equals(at('cnam', 'display_name'), ['me'])]],
    [{ filter_x: '' }, [equals(at('x'), [''])]],
    [{ filter_x: '"a"' }, [equals(at('x'), ['"a"', 'a'])]],
    [{ filter_x: 'null' }, [equals(at('x'), ['null'])]],
    [{ filter_x: '[1,true,null,["a"],{"b":1}]' }, [equals(at('x'), ['[1,true,null,["a"],{"b":1}]', '1', 'true'])]],
    [{ filter_x: '[1' }, [equals(at('x'), ['[1'])]],
    [{ filter_x: ['a', 'b'] }, [equals(at('x'), ['a']), equals(at('x'), ['b'])]],
    [{ filter_toString: 'x' }, [equals(at('toString'), ['x'])]],
    [{ has_key: 'a.b' }, [{ test: 'key', negated: false, field: at('a', 'b') }]],
    [{ key_missing: 'a' }, [{ test: 'key', negated: true, field: at('a') }]],
    [{ has_value: 'pvt_features' }, [{ test: 'value', negated: false, field: { column: 'features' } }]],
    [{ value_missing: 'a' }, [{ test: 'value', negated: true, field: at('a') }]],
    [{ created_from: '5' }, [{ test: 'from', column: 'created', bound: 5 }]],
    [{ created_to: '-5' }, [{ test: 'to', column: 'created', bound: -5 }]],
    [{ modified_from: 'x' }, [{ test: 'from', column: 'modified', bound: undefined }]],
    [{ modified_to: '1.5' }, [{ test: 'to', column: 'modified', bound: undefined }]],
    [{ missing_value: 'a', page_size: '3', filter: 'x', created_until: '5' }, []],
    [{ constructor: 'a', toString: 'a', hasOwnProperty: 'a' }, []]
  ]
  for (const [query, expected, reference = expected] of cases) {
    t.same(readFilters(query, oneuc), expected, JSON.stringify(query))
    t.same(readFilters(query, kazoo), reference, `${JSON.stringify(query)} of the reference`)
  }
  const filters: Filter[] = readFilters({ filter_state: 'a', has_key: 'b' }, oneuc)
  t.equal(filters.length, 2, 'all of them count')
  t.same(readFilters({ filter_x: undefined }, oneuc), [], 'a key without a value is none')
})

t.test('A paging key is a plain number, or encoded as the reference does; both are read', async (t) => {
  t.equal(startKey('+14152338421', oneuc), '+14152338421')
  t.equal(startKey('+14152338421', kazoo), 'g20AAAAMKzE0MTUyMzM4NDIx')
  const keys: [sent: string, key: string][] = [
    ['g20AAAAMKzE0MTUyMzM4NDIx', '+14152338421'],
    ['+14152338421', '+14152338421'],
    [' 14152338421', '+14152338421'],
    ['%2B14152338421', '+14152338421'],
    ['%2b14152338421', '+14152338421'],
    ['g20AAAANKzE0MTUyMzM4NDIx', 'g20AAAANKzE0MTUyMzM4NDIx'],
    ['g20', 'g20'],
    ['g24AAAAMKzE0MTUyMzM4NDIx', 'g24AAAAMKzE0MTUyMzM4NDIx'],
    ['', '']
  ]
  for (const [sent, key] of keys) t.equal(readStartKey(sent), key, JSON.stringify(sent))
  fc.assert(fc.property(fc.string(), (key) => readStartKey(startKey(key, kazoo)) === key))
})
