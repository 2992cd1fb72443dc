import { stateTable } from '../numbering/number-state.js'
import { EXIT, type Terminal } from './process.js'

/** Prints the table of states and actions that the documentation shows. */
export function states({ stdout }: Terminal): number {
  stdout.write(`${stateTable()}\n`)
  return EXIT.clean
}
