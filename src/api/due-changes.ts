import type { FastifyRequest } from 'fastify'
import { isWriteFailure } from '../../db/connection.js'
import { applyDueChanges } from '../operations/rules/due-changes.js'
import type { Sandbox } from '../sandbox/sandbox.js'

/**
 * Applies what is due by the clock before a request looks at the numbers. Where the disk is full, a request that `canBeLate` goes on
 * with the numbers as they are stored. A request fails with any other error: a wrong state is worse than none.
 */
export function moveOn({ log }: FastifyRequest, sandbox: Sandbox, canBeLate: boolean): void {
  try {
    applyDueChanges(sandbox)
  } catch (error) {
    if (!canBeLate || !isWriteFailure(error)) throw error
    log.error(error)
  }
}
