import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { DIALECT_NAMES } from '../../src/dialect.js'
import { runInProcess as program } from '../harness/run-in-process.js'

// Every case starts the program, on machines that do other things too.
t.setTimeout(300_000)

for (const dialect of DIALECT_NAMES) {
  t.test(`openapi writes descriptions that others can read, in ${dialect}`, async (t) => {
    const folder = t.testdir()
    t.equal((await program(['openapi', '--dialect', dialect, '--out', folder])).code, 0)
    for (const file of ['openapi.json', 'openapi-admin.json']) {
      const { valid, errors } = await new Validator().validate(join(folder, file))
      t.ok(valid, `${file} ${JSON.stringify(errors)}`)
    }
  })
}

t.test('openapi writes both descriptions, or prints them', async (t) => {
  const folder = t.testdir({ file: '' })
  t.equal((await program(['openapi', '--out', join(folder, 'new')])).code, 0)
  t.match(JSON.parse(readFileSync(join(folder, 'new/openapi.json'), 'utf8')), { openapi: '3.1.0' })
  const printed = await program(['openapi'])
  t.match(Object.keys(JSON.parse(printed.stdout) as object), ['openapi.json', 'openapi-admin.json'])
  t.match(await program(['openapi', '--out', join(folder, 'file', 'in')]), { code: 2, stderr: /cannot write/ })
})
