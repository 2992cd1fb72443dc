import { AdminError } from '../../src/library.js'

/** The error in which a call of the admin API ends. */
export async function adminErrorOf(call: Promise<unknown>): Promise<AdminError> {
  const error: unknown = await call.catch((reason: unknown) => reason)
  if (error instanceof AdminError) return error
  throw new Error('the call was not refused')
}
