/** Paths, methods, verbs, bodies and spellings of numbers, in both dialects. */
import { ACCOUNTS, by, numbersOf } from '../harness/calls.js'
import type { Case, Step } from '../harness/case.js'
import { created, has, NO_ENTRY, NO_METHOD, NO_PATH, NO_TOKEN, NOT_FOUND, OK } from '../harness/expected.js'

const demo = by('demo')
const stranger = by('stranger')
const anonymous = by(undefined)

const LIST = numbersOf()
const OWN = '/%2B14155558921'

const ABOUT = { data: { message: 'not emulated', cause: 'users' } }

/** Rules that a request meets before it reaches a number (reference implementation, 1). */
export const REQUESTS: readonly Case[] = [
  {
    title: 'unknown paths, and paths that only the real service has',
    steps: [
      { ...demo.get(`${OWN}/bogus`), expect: NO_PATH },
      { ...demo.get(`${OWN}/activate/now`), expect: NO_PATH },
      { ...anonymous.get(`${OWN}/bogus`), expect: NO_PATH },
      { method: 'GET', url: '/v2/bogus', token: 'demo-token', expect: NO_PATH },
      { method: 'GET', url: '/v2/bogus', expect: NO_PATH, kazoo: NO_TOKEN },
      { method: 'GET', url: '/v2/bogus?auth_token=demo-token', expect: NO_PATH },
      { method: 'GET', url: '/bogus', expect: NO_PATH },
      { method: 'GET', url: '/', expect: NO_PATH },
      { method: 'GET', url: '/v1/accounts', expect: NO_PATH },
      {
        method: 'GET',
        url: `/v2/accounts/${ACCOUNTS.demo}/users`,
        token: 'demo-token',
        expect: { status: 501, message: 'not_emulated', ...ABOUT }
      },
      { method: 'GET', url: '/v2/users', token: 'demo-token', expect: { status: 501, ...ABOUT } },
      { method: 'PUT', url: '/v2/accounts', token: 'master-token', expect: { status: 501 } },
      ...(['PUT', 'POST', 'PATCH', 'DELETE'] as const).map((method): Step => ({
        method,
        url: `/v2/accounts/${ACCOUNTS.demo}`,
        token: 'demo-token',
        expect: { status: 501, message: 'not_emulated' }
      })),
      { method: 'DELETE', url: `/v2/accounts/${ACCOUNTS.demo}`, expect: NO_TOKEN }
    ]
  },
  {
    title: 'methods that a path does not have',
    steps: (
      [
        ['', 'PUT', 'OPTIONS, GET'],
        ['/carriers_info', 'POST', 'OPTIONS, GET'],
        ['/classifiers', 'PUT', 'OPTIONS, GET'],
        ['/classifiers/911', 'PATCH', 'OPTIONS, GET'],
        ['/prefix', 'DELETE', 'OPTIONS, GET'],
        ['/locality', 'GET', 'OPTIONS, POST'],
        ['/check', 'GET', 'OPTIONS, POST'],
        ['/fix', 'GET', 'OPTIONS, POST'],
        [`/fix${OWN}`, 'DELETE', 'OPTIONS, POST'],
        ['/collection', 'GET', 'OPTIONS, PUT, POST, PATCH, DELETE'],
        [`${OWN}/activate`, 'GET', 'OPTIONS, PUT'],
        [`${OWN}/reserve`, 'POST', 'OPTIONS, PUT'],
        [`${OWN}/port`, 'PATCH', 'OPTIONS, PUT'],
        [`${OWN}/identify`, 'PUT', 'OPTIONS, GET'],
        [OWN, 'OPTIONS', 'OPTIONS, GET, PUT, POST, PATCH, DELETE']
      ] as const
    ).map(
      // The method is refused before the token is looked at.
      ([path, method, allowed]): Step => ({
        method,
        url: `${LIST}${path}`,
        expect: {
          ...NO_METHOD,
          headers: { allow: null, 'access-control-allow-methods': allowed, 'access-control-allow-origin': '*' }
        }
      })
    )
  },
  {
    title: 'HEAD is a method that no path has, and has no body',
    when: anonymous.head(OWN),
    expect: { status: 405, text: '', headers: { allow: null, 'content-type': 'application/json' } }
  },
  {
    title: 'a browser sends a preflight without a token',
    steps: [
      {
        ...anonymous.options(`${OWN}/activate`),
        headers: { origin: 'http://x.example', 'access-control-request-method': 'PUT' },
        expect: {
          status: 200,
          text: '',
          headers: {
            'content-type': null,
            'access-control-allow-origin': '*',
            'access-control-allow-methods': 'OPTIONS, PUT',
            'access-control-max-age': '86400'
          }
        }
      },
      { ...demo.get(OWN), expect: { status: 200, headers: { 'access-control-allow-origin': null } } },
      {
        ...demo.get(OWN),
        headers: { origin: 'http://x.example' },
        expect: { status: 200, headers: { 'access-control-allow-origin': '*' } }
      }
    ]
  },
  {
    title: 'a POST that names another verb is that verb',
    numbers: [{ e164: '+14157770001', state: 'in_service', owner: ACCOUNTS.demo }],
    steps: [
      { ...demo.post(OWN, { verb: 'GET' }), expect: has({ id: '+14155558921' }) },
      { ...demo.post(`${OWN}?verb=patch&x=1`, { note: 1 }), expect: has({ note: 1 }) },
      {
        ...demo.post(OWN),
        body: { data: { other: 2 }, verb: 'PATCH' },
        expect: has({ note: 1, other: 2 }, ['/data/verb'])
      },
      { ...demo.post(`${OWN}/reserve?verb=PUT`), expect: has({ state: 'reserved' }) },
      { ...demo.post(`${OWN}/reserve?verb=PUT`), expect: { status: 400, message: 'no_change_required' } },
      { ...demo.post(`${OWN}?verb=POST`, { last: 3 }), expect: has({ last: 3 }, ['/data/note']) },
      { ...demo.post(`${OWN}?verb=BREW`, { last: 4 }), expect: has({ last: 4 }) },
      {
        ...demo.post(`/collection?verb=DELETE`, { numbers: ['+14157770001'] }),
        expect: has({ success: { '+14157770001': { state: 'available' } } })
      },
      { ...demo.post(`/collection/activate?verb=GET`), expect: NO_METHOD },
      { ...anonymous.post(), body: { data: {}, verb: 'GET', auth_token: 'demo-token' }, expect: OK },
      {
        ...demo.post(`${OWN}?verb=GET`),
        headers: { 'x-request-id': 'mine' },
        expect: { status: 200, at: { '/request_id': 'mine' } }
      }
    ]
  },
  {
    title: 'the keys of an envelope',
    steps: [
      {
        ...demo.get(OWN),
        expect: {
          status: 200,
          at: { '/auth_token': 'demo-token', '/node': null, '/timestamp': null, '/version': null }
        },
        kazoo: {
          status: 200,
          at: {
            '/auth_token': 'demo-token',
            '/timestamp': '2024-01-31T12:00:00Z',
            '/node': 'J9TZe0mdU9EoQHBmyfvllw',
            '/revision': null
          }
        }
      },
      {
        ...demo.get('/4159990000'),
        expect: { ...NOT_FOUND, at: { '/node': null, '/timestamp': null, '/version': null, '/revision': null } },
        kazoo: { ...NOT_FOUND, at: { '/timestamp': '2024-01-31T12:00:00Z', '/revision': null } }
      },
      {
        ...stranger.get(),
        expect: { status: 200, at: { '/page_size': 0 } },
        kazoo: { status: 200, at: { '/revision': null } }
      }
    ]
  },
  {
    title: 'every answer is JSON',
    steps: [
      { ...demo.get(OWN), headers: { accept: 'application/json' }, expect: OK },
      { ...demo.get(OWN), headers: { accept: 'text/html, */*;q=0.1' }, expect: OK },
      { ...demo.get(OWN), headers: { accept: 'application/*' }, expect: OK },
      { ...demo.get(OWN), headers: { accept: 'text/csv' }, expect: OK },
      {
        ...demo.get(OWN),
        headers: { accept: 'text/html' },
        expect: OK,
        kazoo: { status: 406, text: '', headers: { 'content-type': null } }
      },
      {
        ...demo.post(OWN, { cnam: 'x' }),
        headers: { accept: 'text/html' },
        expect: { status: 400 },
        kazoo: { status: 406, text: '' }
      },
      {
        ...demo.get('/4159990000'),
        headers: { accept: 'text/html' },
        expect: NOT_FOUND,
        kazoo: { status: 406, text: '' }
      },
      { ...anonymous.get(OWN), headers: { accept: 'text/html' }, expect: NO_TOKEN }
    ]
  },
  {
    title: 'a body is JSON whatever it calls itself',
    steps: [
      {
        ...demo.post(OWN, { note: 1 }),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        expect: has({ note: 1 })
      },
      { ...demo.post(OWN, { note: 2 }), headers: { 'content-type': 'text/plain' }, expect: has({ note: 2 }) },
      { ...demo.post(OWN), body: '', headers: { 'content-type': 'application/json' }, expect: has({}, ['/data/note']) },
      { ...demo.post(OWN), body: { DATA: { note: 3 } }, expect: has({ note: 3 }) },
      { ...demo.post(OWN), body: { DATA: { note: 3 }, data: { note: 4 } }, expect: has({ note: 4 }) },
      { ...demo.post(OWN), body: { data: { note: 4 }, DATA: { note: 3 } }, expect: has({ note: 3 }) },
      { ...demo.release(OWN), body: '', headers: { 'content-type': 'application/json' }, expect: OK }
    ]
  },
  {
    title: 'a number is understood however it is written',
    steps: [
      ...['+14155558921', '%2B14155558921', '%252B14155558921', '14155558921', '4155558921', '0014155558921'].map(
        (written): Step => ({ ...demo.get(`/${written}`), expect: has({ id: '+14155558921' }) })
      ),
      ...['(415)555-8921', '415-555-8921', '911', '%2B', '%25', 'collection2'].map((written): Step => ({
        ...demo.get(`/${written}`),
        expect: NOT_FOUND
      }))
    ]
  },
  {
    title: 'numbers without an account are for admins',
    steps: [
      {
        method: 'GET',
        url: '/v2/phone_numbers/classifiers/911',
        token: 'master-token',
        expect: has({ name: 'emergency' })
      },
      {
        method: 'PUT',
        url: '/v2/phone_numbers/4157770001',
        token: 'master-token',
        expect: created({ id: '+14157770001' })
      },
      {
        method: 'POST',
        url: '/v2/phone_numbers/4157770001',
        token: 'master-token',
        body: { data: { note: 1 } },
        expect: has({ note: 1 })
      },
      { method: 'GET', url: '/v2/phone_numbers/4157770001/bogus', token: 'master-token', expect: NO_PATH },
      { method: 'GET', url: '/v2/phone_numbers/classifiers/911', token: 'demo-token', expect: NO_ENTRY },
      { method: 'GET', url: '/v2/phone_numbers/classifiers/911', expect: NO_TOKEN }
    ]
  }
]
