import { Type, type Static } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, notFound } from '../../src/admin/problems.js'
import { takesBody } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import { completeRule, ruleFindings } from '../../src/contract/fault-rules.js'
import type { Part } from '../../src/findings/part.js'
import { MAX_RULES, NEW_FAULT_RULE } from '../../src/sandbox/fault-rule.js'

const FaultRules = Type.Object(
  { faults: Type.Array(NEW_FAULT_RULE, { maxItems: MAX_RULES }) },
  { additionalProperties: false }
)

const listFindings = (list: Part<Static<typeof FaultRules>>) => list.field('faults').each().flatMap(ruleFindings)

/** The rules that make requests fail. A rule that names something unknown is refused when it is written. */
export function faults(admin: App, options: AdminOptions): void {
  admin.get('/faults', async (request) => ({ faults: sandboxOf(options, request).faults.rules }))
  admin.post('/faults', takesBody(NEW_FAULT_RULE, ruleFindings), async (request, reply) => {
    const { faults } = sandboxOf(options, request)
    if (faults.rules.length >= MAX_RULES) {
      throw new AdminProblem(
        409,
        'limit',
        `a sandbox has at most ${MAX_RULES} fault rules; delete one before you add another`
      )
    }
    reply.code(201)
    return faults.add(completeRule(request.body))
  })
  admin.put('/faults', takesBody(FaultRules, listFindings), async (request) => {
    const { faults } = sandboxOf(options, request)
    faults.clear()
    return { faults: request.body.faults.map((rule) => faults.add(completeRule(rule))) }
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
