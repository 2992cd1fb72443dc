import type { FastifyRequest } from 'fastify'
import { chosenSandbox } from '../../src/api/sandbox-choice.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import type { Sandboxes } from '../../src/sandbox/sandboxes.js'

/** What the calls of the admin API work on. */
export interface AdminServices {
  sandboxes: Sandboxes
  /** Milliseconds of the Unix epoch at which the process started. */
  startedAt: number
  /** Where snapshots are kept; in memory where absent. */
  snapshots: string | undefined
}

/** The sandbox that a call acts on: the one that it names, else the default one. */
export function sandboxOf({ sandboxes }: AdminServices, request: FastifyRequest): Sandbox {
  return chosenSandbox(sandboxes, request, false)
}
