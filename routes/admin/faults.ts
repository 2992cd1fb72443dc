import { Type } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, invalid, notFound } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { completeRule, ruleFindings } from '../../src/contract/fault-rules.js'
import { MAX_RULES, NEW_FAULT_RULE, type FaultRule, type NewFaultRule } from '../../src/sandbox/fault-rule.js'

const FaultRules = Type.Object(
  { faults: Type.Array(NEW_FAULT_RULE, { maxItems: MAX_RULES }) },
  { additionalProperties: false }
)

/** The rules that make requests fail. A rule that names something unknown is refused when it is written. */
export function faults(admin: App, options: AdminOptions): void {
  admin.get('/faults', async (request) => ({ faults: sandboxOf(options, request).faults.rules }))
  admin.post('/faults', { schema: { body: NEW_FAULT_RULE } }, async (request, reply) => {
    const rules = checkRules([request.body], () => '')
    const { faults } = sandboxOf(options, request)
    if (faults.rules.length >= MAX_RULES) {
      throw new AdminProblem(
        409,
        'limit',
        `a sandbox has at most ${MAX_RULES} fault rules; delete one before you add another`
      )
    }
    reply.code(201)
    return rules.map((rule) => faults.add(rule))[0]
  })
  admin.put('/faults', { schema: { body: FaultRules } }, async (request) => {
    const rules = checkRules(request.body.faults, (i) => `/faults/${i}`)
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

/** Completes rules. Throws an AdminProblem with all that they name and that is unknown; `pointerOf` points to a rule. */
function checkRules(rules: readonly NewFaultRule[], pointerOf: (index: number) => string): FaultRule[] {
  const [first, ...others] = rules.flatMap((rule, i) => ruleFindings(rule, pointerOf(i)))
  if (first !== undefined) throw invalid([first, ...others])
  return rules.map(completeRule)
}
