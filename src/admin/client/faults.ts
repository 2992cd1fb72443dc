import type { NewFaultRule } from '../../sandbox/fault-rule.js'
import type { CountedRule } from '../../sandbox/faults.js'
import type { AdminCalls } from './calls.js'

/** The calls on the rules that make requests fail. */
export function faultCalls(admin: AdminCalls) {
  return {
    list: () => admin.get<{ faults: CountedRule[] }>('/faults').then(({ faults }) => faults),
    /** @throws AdminError for a rule that names an unknown operation, outcome or status, or has no effect */
    add: (rule: NewFaultRule) => admin.call('POST', '/faults', rule) as Promise<unknown> as Promise<CountedRule>,
    /** Replaces all rules by these. @throws AdminError where one of them is wrong; nothing has changed then */
    replace: (faults: readonly NewFaultRule[]) =>
      admin.call('PUT', '/faults', { faults }).then((reply) => (reply as unknown as { faults: CountedRule[] }).faults),
    /** @param id - the id in `list` @throws AdminError where there is no such rule */
    remove: (id: string) => admin.call('DELETE', `/faults/${encodeURIComponent(id)}`),
    clear: () => admin.call('DELETE', '/faults')
  }
}
