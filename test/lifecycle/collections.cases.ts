/** Collections of numbers, in both dialects. */
import type { JsonObject } from '../../src/json.js'
import { by } from '../harness/calls.js'
import type { Case, Expected } from '../harness/case.js'
import { created, failed, has, invalid, NOT_FOUND, OK } from '../harness/expected.js'

const demo = by('demo')
const master = by('master', 'demo')

const NONE: Expected = failed(404, 'not_found', { cause: '+14159990000', message: 'number +14159990000 not found' })
const entry = (gives: Expected) => gives.data ?? {}
const ODD = '14155'
const ODD_ENTRY: JsonObject = {
  code: 404,
  error: 'not_reconcilable',
  cause: ODD,
  message: `number ${ODD} is not reconcilable`
}
const EXISTS: JsonObject = {
  code: 409,
  error: 'number_exists',
  cause: '+14155558921',
  message: 'number +14155558921 already exists'
}
const BY_ADMIN = { numbers: ['+14155558921', '+14155234712'] }

/** A collection does to many numbers what a call does to one (reference implementation, 10). */
export const COLLECTIONS: readonly Case[] = [
  {
    title: 'numbers are created, replaced, merged and released together, with the fields beside them',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['4157770001', '+14157770002'], note: { a: 1 } }),
        expect: created({ success: { '+14157770001': { note: { a: 1 }, features: ['local'] }, '+14157770002': {} } }, [
          '/data/error'
        ])
      },
      {
        ...demo.patch('/collection', { numbers: ['+14157770001', '+14157770002'], note: { b: 2 } }),
        expect: has({ success: { '+14157770001': { note: { a: 1, b: 2 } }, '+14157770002': { note: { a: 1, b: 2 } } } })
      },
      {
        ...demo.post('/collection', { numbers: ['+14157770001'], other: 3 }),
        expect: has({ success: { '+14157770001': { other: 3 } } }, ['/data/success/+14157770001/note'])
      },
      { ...demo.get('/%2B14157770001'), expect: has({ other: 3 }, ['/data/numbers']) },
      {
        ...demo.release('/collection', { numbers: ['+14157770001', '+14157770002'] }),
        expect: has({ success: { '+14157770001': { state: 'available' }, '+14157770002': { state: 'available' } } }),
        kazoo: has({ success: { '+14157770001': { state: 'deleted' }, '+14157770002': { state: 'deleted' } } })
      }
    ]
  },
  {
    title: 'numbers that fail in a collection that is created',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['+14157770001', '+14155558921', ODD] }),
        expect: { status: 400, message: 'client error', data: { '+14155558921': EXISTS, [ODD]: ODD_ENTRY } },
        kazoo: created({
          success: { '+14157770001': { state: 'in_service' } },
          error: { '+14155558921': EXISTS, [ODD]: 'not_reconcilable' }
        })
      },
      { ...demo.get('/%2B14157770001'), expect: NOT_FOUND, kazoo: OK }
    ]
  },
  {
    title: 'with charges accepted the good ones are applied whatever becomes of the others',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['+14157770001', '+14155558921'], accept_charges: true }),
        expect: { status: 400, message: 'client error', data: { '+14155558921': EXISTS }, changesSome: true },
        kazoo: created({ success: { '+14157770001': {} }, error: { '+14155558921': EXISTS } })
      },
      { ...demo.get('/%2B14157770001'), expect: OK }
    ]
  },
  ...(['post', 'patch', 'release'] as const).map((verb): Case => ({
    title: `all numbers of a collection are unknown (${verb})`,
    when: demo[verb]('/collection', { numbers: ['+14159990000'], note: 1 }),
    expect: { status: 400, message: 'client error', data: { '+14159990000': entry(NONE) } },
    kazoo: { status: 200, data: { error: { '+14159990000': 'not_found' } } }
  })),
  {
    title: 'a state that a number cannot be created in is refused number by number',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['+14157770001'], create_with_state: 'bogus' }),
        expect: {
          status: 400,
          message: 'client error',
          has: { '+14157770001': { code: 403, cause: 'state_for_create' } }
        },
        kazoo: created({ error: { '+14157770001': { code: 403, cause: 'state_for_create' } } })
      },
      {
        ...demo.put('/collection', { numbers: ['+14157770001'], create_with_state: 'reserved' }),
        expect: created({ success: { '+14157770001': { state: 'reserved' } } }, [
          '/data/success/+14157770001/create_with_state'
        ])
      }
    ]
  },
  {
    title: 'an address without its parts is refused number by number',
    when: demo.post('/collection', { numbers: ['+14155558921'], e911: { locality: 7 } }),
    expect: { status: 400, message: 'client error', has: { '+14155558921': { address: { invalid: {} } } } },
    kazoo: has({ error: { '+14155558921': { code: 400, error: 'invalid' } } })
  },
  {
    title: '`hard` counts for collections too',
    steps: [
      {
        ...master.release('/collection?hard=true', BY_ADMIN),
        expect: has({ success: { '+14155558921': { state: 'deleted' } } })
      },
      { ...demo.get('/%2B14155558921/identify'), expect: NOT_FOUND }
    ]
  },
  ...(['put', 'post', 'patch', 'release'] as const).flatMap((verb): Case[] => [
    {
      title: `a collection is checked before it is touched (${verb})`,
      steps: [
        {
          ...demo[verb]('/collection'),
          expect: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
        },
        {
          ...demo[verb]('/collection', []),
          expect: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: [] }),
          expect: invalid({ numbers: { minimum: { message: 'minimum 1 number required' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: null }),
          expect: invalid({ numbers: { type: { message: 'numbers must be a list' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: { a: 1 } }),
          expect: invalid({ numbers: { type: { message: 'numbers must be a list' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: ['+14155558921', 4155558921, null] }),
          expect: invalid({
            'numbers.1': {
              type: { message: 'Value did not match type(s): string', target: 'string', value: 4155558921 }
            },
            'numbers.2': { type: { message: 'Value did not match type(s): string', target: 'string', value: null } }
          })
        },
        {
          ...demo[verb]('/collection', { numbers: ['4155558921', '14155558921'] }),
          expect: invalid({ numbers: { uniqueItems: { message: 'some numbers appear twice' } } })
        }
      ]
    }
  ])
]
