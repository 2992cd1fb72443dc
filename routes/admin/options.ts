import type { FastifyRequest } from 'fastify'
import { chosenSandbox } from '../../src/http/sandbox-choice.js'
import type { LiveSandbox } from '../../src/live-sandbox.js'
import type { Sandboxes } from '../../src/sandboxes.js'

/** What the calls of the control door work on. */
export interface DoorOptions {
  sandboxes: Sandboxes
  /** Milliseconds of the Unix epoch at which the process started. */
  startedAt: number
  /** Where snapshots are kept; in memory where absent. */
  snapshots: string | undefined
}

/** The sandbox that a call acts on: the one that it names, else the default one. */
export function sandboxOf({ sandboxes }: DoorOptions, request: FastifyRequest): LiveSandbox {
  return chosenSandbox(sandboxes, request, false)
}
