import { Type } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, invalidAt, notFound } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { completeRule, ruleFindings } from '../../src/contract/fault-rules.js'
import { MAX_RULES, NEW_FAULT_RULE, type FaultRule, type NewFaultRule } from '../../src/sandbox/faults.js'

const Rules = Type.Object(
  { faults: Type.Array(NEW_FAULT_RULE, { maxItems: MAX_RULES }) },
  { additionalProperties: false }
)

/** The rules that make requests fail. A rule that names something unknown is refused when it is written. */
export function faults(admin: App, options: AdminOptions): void {
  admin.get('/faults', async (request) => ({ faults: sandboxOf(options, request).faults.rules }))
  admin.post('/faults', { schema: { body: NEW_FAULT_RULE } }, async (request, reply) => {
    const rule = checkRule(request.body, '')
    const { faults } = sandboxOf(options, request)
    if (faults.rules.length >= MAX_RULES) {
      throw new AdminProblem(
        409,
        'limit',
        `a sandbox has at most ${MAX_RULES} fault rules; delete one before you add another`
      )
    }
    reply.code(201)
    return faults.add(rule)
  })
  admin.put('/faults', { schema: { body: Rules } }, async (request) => {
    const rules = request.body.faults.map((rule, i) => checkRule(rule, `/faults/${i}`))
    const { faults } = sandboxOf(options, request)
    faults.clear()
    return { faults: rules.map((rule) => faults.add(rule)) }
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

/** Completes a rule. Throws an AdminProblem where it names something unknown; `at` is a JSON pointer to the rule. */
function checkRule(rule: NewFaultRule, at: string): FaultRule {
  const [finding] = ruleFindings(rule, at)
  if (finding !== undefined) throw invalidAt(finding.at, finding.message)
  return completeRule(rule)
}
