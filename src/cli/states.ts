import { stateTable } from '../numbering/number-state.js'
import { EXIT } from './exit.js'
import type { Terminal } from './terminal.js'

/** Prints the state machine as the table that the README shows. */
export function states({ stdout }: Terminal): number {
  stdout.write(`${stateTable()}\n`)
  return EXIT.clean
}
