import type { FastifyRequest } from 'fastify'

/**
 * The number in the path. The framework has decoded it once; the reference decodes it twice, so that a client that
 * encodes what its HTTP library encodes again is understood.
 */
export function numberParam(request: FastifyRequest): string {
  const { phone_number } = request.params as { phone_number: string }
  try {
    return decodeURIComponent(phone_number)
  } catch {
    return phone_number
  }
}
