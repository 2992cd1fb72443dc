import type { Action, CurrentState, Refusal, State } from '../../numbering/number-state.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'

/** The state that an action aims at, as the error of a refused one names it. */
const TARGETS: Readonly<Record<Action, State>> = {
  activate: 'in_service',
  reserve: 'reserved',
  create: 'in_service',
  port: 'port_in',
  update: 'in_service',
  release: 'available',
  age: 'available'
}

/** The failure that a refusal of the state table means. */
export function refusalProblem(
  { behaviour }: Sandbox,
  refusal: Refusal,
  e164: string,
  before: CurrentState,
  action: Action
): Problem {
  switch (refusal) {
    case 'bad_identifier':
      return new Problem('bad_identifier')
    case 'missing_provider_url':
      return new Problem(behaviour.dialect.unsearched)
    case 'no_change_required':
      return new Problem('no_change_required')
    case 'number_exists':
      return new Problem('number_exists', e164)
    case 'invalid_state_transition':
      return new Problem('invalid_state_transition', before, TARGETS[action])
  }
}
