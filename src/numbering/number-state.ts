/** The life cycle of a number (document: Schema, `create_with_state`), in the document's order. */
export const STATES = [
  'aging',
  'available',
  'deleted',
  'discovery',
  'in_service',
  'port_in',
  'port_out',
  'released',
  'reserved'
] as const
export type State = (typeof STATES)[number]

/** What can be done to a number. `age` is done by the clock, everything else by a client. */
export const ACTIONS = ['activate', 'reserve', 'create', 'port', 'update', 'release', 'age'] as const
export type Action = (typeof ACTIONS)[number]

/** Why an action is refused in a state; the names are those of the error objects. */
export type Refusal =
  'bad_identifier' | 'invalid_state_transition' | 'missing_provider_url' | 'no_change_required' | 'number_exists'

/** The state of a number before an action; `unknown` is a number without a record that no search has returned. */
export type CurrentState = State | 'unknown'

type StateRow = Readonly<Record<Action, State | Refusal>>

/** Short names, so that the table below reads as the diagram. */
const missing = 'bad_identifier'
const INVALID = 'invalid_state_transition'
const no_provider = 'missing_provider_url'
const no_change = 'no_change_required'
const exists = 'number_exists'

/**
 * The state machine. Who may do it (owner, parent, stranger) is not here: that is a line in each operation.
 * Sources: the document for activate and release; the reference implementation's matrix for the rest.
 */
// prettier-ignore
export const TRANSITIONS: Readonly<Record<CurrentState, StateRow>> = {
  //            activate                 reserve              create                port               update              release               age
  unknown:    { activate: no_provider,   reserve: missing,    create: 'in_service', port: 'port_in',   update: missing,      release: missing,     age: INVALID },
  discovery:  { activate: 'in_service',  reserve: missing,    create: 'in_service', port: 'port_in',   update: missing,      release: missing,     age: INVALID },
  available:  { activate: 'in_service',  reserve: 'reserved', create: 'in_service', port: 'port_in',   update: 'available',  release: missing,     age: INVALID },
  reserved:   { activate: 'in_service',  reserve: no_change,  create: exists,       port: exists,      update: 'reserved',   release: 'available', age: INVALID },
  in_service: { activate: 'in_service',  reserve: 'reserved', create: exists,       port: exists,      update: 'in_service', release: 'available', age: INVALID },
  port_in:    { activate: 'in_service',  reserve: INVALID,    create: 'in_service', port: 'port_in',   update: 'port_in',    release: 'available', age: INVALID },
  port_out:   { activate: INVALID,       reserve: INVALID,    create: exists,       port: exists,      update: 'port_out',   release: INVALID,     age: INVALID },
  released:   { activate: INVALID,       reserve: INVALID,    create: exists,       port: exists,      update: 'released',   release: 'available', age: INVALID },
  aging:      { activate: 'in_service',  reserve: INVALID,    create: 'in_service', port: 'port_in',   update: 'aging',      release: INVALID,     age: 'available' },
  deleted:    { activate: INVALID,       reserve: INVALID,    create: exists,       port: exists,      update: 'deleted',    release: INVALID,     age: INVALID }
}

const STATE_NAMES: ReadonlySet<string> = new Set(STATES)

export function isState(name: string): name is State {
  return STATE_NAMES.has(name)
}

/** What `action` makes of a number in `before`: the state it is in afterwards, or why it is refused. */
export function nextState(before: CurrentState, action: Action): State | Refusal {
  return TRANSITIONS[before][action]
}

/** The state machine as a Markdown table, a row a state and a column an action. */
export function stateTable(): string {
  const rows = Object.values(TRANSITIONS)
  const columns = [
    column('before', Object.keys(TRANSITIONS)),
    ...ACTIONS.map((action) =>
      column(
        action,
        rows.map((row) => cell(row[action]))
      )
    )
  ]
  const lines = ['head', 'rule', ...rows].map((_, i) => columns.map((cells) => cells[i]).join(' | '))
  return lines.map((line) => `| ${line} |`).join('\n')
}

/** The cells of a column, all of one width. */
function column(head: string, body: readonly string[]): string[] {
  const width = Math.max(...[head, ...body].map(({ length }) => length))
  return [head, '-'.repeat(width), ...body].map((text) => text.padEnd(width))
}

function cell(result: State | Refusal): string {
  return isState(result) ? result : `(${result})`
}
