import type { JsonObject } from '../../json.js'
import { toE164 } from '../../numbering/e164.js'
import { wrongType, violated, type Rule } from '../../violations.js'
import type { Problem } from '../../problems.js'

/**
 * The most numbers of a collection: each is worked on within one request, and other clients wait meanwhile.
 * The reference implementation has no limit but that of the body.
 */
const MAX_NUMBERS = 10_000

/** The `numbers` of a collection as they were sent. Throws `validation_error` with the texts of the reference. */
export function readNumbers({ numbers }: JsonObject): string[] {
  if (numbers === undefined) throw listProblem('required', 'list of numbers missing')
  if (!Array.isArray(numbers)) throw listProblem('type', 'numbers must be a list')
  if (numbers.length === 0) throw listProblem('minimum', 'minimum 1 number required')
  if (numbers.length > MAX_NUMBERS) throw listProblem('maximum', `maximum ${MAX_NUMBERS} numbers allowed`)
  const texts = numbers.filter((number) => typeof number === 'string')
  if (texts.length < numbers.length) {
    throw violated(
      numbers.flatMap((number, i) =>
        typeof number === 'string' ? [] : [wrongType(`numbers.${i}`, number, ['string'])]
      )
    )
  }
  if (new Set(texts.map(toE164)).size < texts.length) throw listProblem('uniqueItems', 'some numbers appear twice')
  return texts
}

function listProblem(rule: Rule, message: string): Problem {
  return violated([{ path: 'numbers', rule, detail: { message } }])
}
