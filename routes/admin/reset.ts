import type { App } from '../../src/http/app-type.js'
import { invalid } from '../../src/http/door.js'
import { RESETTABLE, resetParts, type Resettable } from '../../src/reset.js'
import { first, type Query } from '../../src/operations/search-query.js'
import { sandboxOf, type DoorOptions } from './options.js'

/** Back to the fixtures (`?to=empty`: to nothing), whole or by kind (`?only=numbers,faults,requests,clock`). */
export function reset(door: App, options: DoorOptions): void {
  door.post('/reset', async (request) => {
    const query = request.query as Query
    const to = first(query, 'to') ?? 'fixtures'
    if (to !== 'fixtures' && to !== 'empty') throw invalid('/to', 'must be fixtures or empty')
    const only = first(query, 'only')
    const sandbox = sandboxOf(options, request)
    if (only === undefined) options.sandboxes.reset(sandbox, to)
    else resetParts(sandbox, only.split(',').map(part), to)
    return { status: 'reset', sandbox: sandbox.name }
  })
}

function part(name: string): Resettable {
  const known = RESETTABLE.find((one) => one === name.trim())
  if (known === undefined) throw invalid('/only', `must be some of ${RESETTABLE.join(', ')}`)
  return known
}
