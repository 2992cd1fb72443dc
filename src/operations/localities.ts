import type { JsonObject } from '../json.js'
import { nationalNumber, toE164 } from '../numbering/e164.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { readNumbers } from './rules/number-list.js'

/** `POST …/locality`: where numbers are rated (reference implementation, which asks a phonebook service). */
export function localities(sandbox: Sandbox, data: JsonObject): JsonObject {
  const inputs = readNumbers(data)
  if (sandbox.behaviour.dialect.phonebook === 'none') throw new Problem('locality_unavailable')
  return Object.fromEntries(inputs.map((number) => [number, localityOf(sandbox, number)]))
}

/** ASSUMED: the member names are those of the reference's documentation; a rate centre says no more than these. */
function localityOf({ inventory }: Sandbox, number: string): JsonObject {
  const e164_number = toE164(number)
  const centre = inventory.rateCentre(nationalNumber(e164_number) ?? '')
  if (centre === undefined) return { number, e164_number, status: 'error' }
  return { number, e164_number, status: 'success', locality: { locality: centre.name, province: centre.state } }
}

/** `GET …/prefix?city=`: the area codes of a city. ASSUMED: the form; the phonebook's own was never seen. */
export function areaCodes({ behaviour, inventory }: Sandbox, city: string | undefined): JsonObject {
  if (city === undefined) throw new Problem('missing_city')
  if (behaviour.dialect.phonebook === 'none')
    throw new Problem('init_failed', 'Unable to acquire numbers missing carrier url')
  const found: Record<string, JsonObject> = {}
  for (const { npa, name, state } of inventory.rateCentresOf(city)) {
    const key = `${name}, ${state}`
    const prefixes = found[key]?.prefixes
    found[key] = { locality: name, state, prefixes: [...new Set([...(Array.isArray(prefixes) ? prefixes : []), npa])] }
  }
  return found
}
