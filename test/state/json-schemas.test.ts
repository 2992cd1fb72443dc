/** The schemas that editors use (`fixtures/schema`) explain each field, and take what the program takes. */
import { Ajv } from 'ajv'
import t from 'tap'
import { isObject } from '../../src/json.js'
import { publishedSchemas } from '../../src/state/json-schemas.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { readFixture } from '../harness/fixture-files.js'

const schemas = new Map(
  [...publishedSchemas()].map(([file, text]) => [file.replace('.schema.json', ''), JSON.parse(text) as object])
)

/** Finds the fields of a schema and of what it is made of: their pointers, and what they say. */
function fieldsOf(schema: unknown, at = ''): { at: string; description: unknown }[] {
  if (Array.isArray(schema)) return schema.flatMap((part, i) => fieldsOf(part, `${at}/${i}`))
  if (!isObject(schema)) return []
  const { properties = {}, ...rest } = schema as { properties?: Record<string, { description?: unknown }> }
  const own = Object.entries(properties).map(([name, { description }]) => ({ at: `${at}/${name}`, description }))
  const below = [...Object.entries(properties), ...Object.entries(rest)]
  return [...own, ...below.flatMap(([name, part]) => fieldsOf(part, `${at}/${name}`))]
}

t.test('An editor explains every field', async (t) => {
  for (const [name, schema] of schemas) {
    const fields = fieldsOf(schema)
    t.ok(fields.length > 0, name)
    for (const { at, description } of fields) t.match(description, /^\S.{4,}[^.]$/, `${name}${at}`)
  }
})

const $schema = './node_modules/oneuc-emulator/fixtures/schema/name.schema.json'
const street = (readFixture('streets.json') as { streets: object[] }).streets[0]
const fault = { operation: 'buy', outcome: 'carrier_fault', times: 1 }

/** What an editor takes without a mark, and what it marks. */
const DOCUMENTS: readonly [schema: string, right: unknown, wrong: unknown][] = [
  ['state', { $schema, version: 1, numbers: [], faults: [fault] }, { numbrs: [] }],
  ['accounts', { $schema, accounts: readFixture('accounts.json') }, { $schema, accounts: [{ id: DEMO }] }],
  ['numbers', { $schema, numbers: readFixture('numbers.json') }, [{ e164: '+14155550142', state: 'sold' }]],
  ['rate-centers', { $schema, rate_centers: readFixture('rate-centers.json') }, [{ npa: '41' }]],
  ['toll-free', { $schema, rate_centers: readFixture('toll-free.json') }, [{ npa: '80' }]],
  ['documented-numbers', readFixture('documented-numbers.json'), [{ number: '+14152338397' }]],
  ['charges', [{ category: 'phone_numbers', item: 'did', rate: 1, activation_charge: 1 }], [{ item: 'did' }]],
  ['streets', readFixture('streets.json'), { $schema, streets: [{ ...street, parity: 'odd' }] }],
  ['faults', fault, { ...fault, times: 0 }],
  ['faults', { faults: [fault] }, { faults: fault }]
]

t.test('An editor takes what the program takes, and knows every keyword', async (t) => {
  t.same([...new Set(DOCUMENTS.map(([name]) => name))].sort(), [...schemas.keys()].sort())
  for (const [name, right, wrong] of DOCUMENTS) {
    const validate = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(
      schemas.get(name) ?? {}
    )
    t.ok(validate(right), `${name}: ${JSON.stringify(validate.errors)}`)
    t.notOk(validate(wrong), name)
  }
})
