import { Type } from '@sinclair/typebox'
import { completedRule, ruleFindings, WRITTEN_RULE, type WrittenRule } from '../../src/contract/fault-rule-schema.js'
import type { FaultRule } from '../../src/sandbox/faults.js'
import type { App } from '../../src/api/app-type.js'
import { invalid, notFound } from '../../src/admin/plugin.js'
import { sandboxOf, type AdminServices } from './options.js'

const Rules = Type.Object({ faults: Type.Array(WRITTEN_RULE) }, { additionalProperties: false })

/** What goes wrong on purpose. A rule that names what does not exist is refused when it is written. */
export function faults(admin: App, options: AdminServices): void {
  admin.get('/faults', async (request) => ({ faults: sandboxOf(options, request).faults.rules }))
  admin.post('/faults', { schema: { body: WRITTEN_RULE } }, async (request, reply) => {
    const rule = checked(request.body, '')
    reply.code(201)
    return sandboxOf(options, request).faults.add(rule)
  })
  admin.put('/faults', { schema: { body: Rules } }, async (request) => {
    const rules = request.body.faults.map((rule, i) => checked(rule, `/faults/${i}`))
    const known = sandboxOf(options, request).faults
    known.clear()
    return { faults: rules.map((rule) => known.add(rule)) }
  })
  admin.delete('/faults', async (request) => {
    sandboxOf(options, request).faults.clear()
    return { faults: [] }
  })
  admin.delete('/faults/:id', async (request) => {
    const { id } = request.params as { id: string }
    if (!sandboxOf(options, request).faults.remove(id)) throw notFound(`fault ${id}`)
    return { removed: id }
  })
}

/** The rule, if everything that it names exists. `at` is where it stands in the body. */
function checked(rule: WrittenRule, at: string): FaultRule {
  const [wrong] = ruleFindings(rule, at)
  if (wrong !== undefined) throw invalid(wrong.at, wrong.message)
  return completedRule(rule)
}
