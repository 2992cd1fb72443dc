import { findNearest } from '../text/nearest.js'
import { METHODS } from './cors.js'

/** The methods of each path, as the routes have registered them. */
export type MethodTable = Map<string, Set<string>>

/** What a segment has to look like to stand for a parameter of a path. */
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  ':account_id': /^[^/]{32}$|^\{/,
  ':phone_number': /\d{3}|^\{/
}

interface RouteCandidate {
  path: string
  /** How many letters or segments are wrong: 0 for the path itself under another method. */
  differences: number
  method: string
}

/**
 * Describes the call that is nearest to a request that met no route, such as `PUT /v2/accounts/{ACCOUNT_ID}/phone_numbers`. One
 * segment of the path may be misspelt, missing or too many; undefined where no call is so near.
 */
export function nearestRoute(table: MethodTable, method: string, url: string): string | undefined {
  const segments = url
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '')
    .split('/')
    .slice(1)
  const candidates = [...table]
    .filter(([path]) => !path.includes('*'))
    .flatMap(([path, methods]): RouteCandidate[] => {
      const differences = partsThatDiffer(path.split('/').slice(1), segments)
      const known = METHODS.filter((one) => methods.has(one))
      const best = known.find((one) => one === method) ?? known[0]
      return differences === undefined || best === undefined ? [] : [{ path, differences, method: best }]
    })
    .sort(
      (one, other) =>
        one.differences - other.differences || Number(other.method === method) - Number(one.method === method)
    )
  const [nearest] = candidates
  return nearest && `${nearest.method} ${formatPath(nearest.path)}`
}

/** `/v2/accounts/:account_id` → `/v2/accounts/{ACCOUNT_ID}` */
function formatPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => `{${name.toUpperCase()}}`)
}

function partsThatDiffer(route: readonly string[], sent: readonly string[]): number | undefined {
  const extra = sent.length - route.length
  if (extra === 0) return misspeltSegments(route, sent)
  if (Math.abs(extra) > 1) return undefined
  const isNear =
    extra > 0
      ? sent.some((segment, i) => isSurplus(segment, i, sent) && matchesPart(route, without(sent, i)))
      : // A path that ends too early is another resource.
        route.slice(0, -1).some((_segment, i) => matchesPart(without(route, i), sent))
  return isNear ? 1 : undefined
}

/** What proxies and careless joins put into a path: a segment before all others, nothing, or a segment twice. */
function isSurplus(segment: string, i: number, sent: readonly string[]): boolean {
  return i === 0 || segment === '' || segment === sent[i - 1]
}

function without(segments: readonly string[], at: number): string[] {
  return segments.filter((_segment, i) => i !== at)
}

function matchesPart(route: readonly string[], sent: readonly string[]): boolean {
  return route.every((segment, i) => fitsSegment(segment, String(sent[i])))
}

function fitsSegment(segment: string, sent: string): boolean {
  return segment.startsWith(':') ? PARAMETERS[segment]?.test(sent) === true : segment === sent
}

/** Counts 0 for a path that fits, 1 where one word of it is misspelt. */
function misspeltSegments(route: readonly string[], sent: readonly string[]): number | undefined {
  const wrong = route.flatMap((segment, i) => (fitsSegment(segment, String(sent[i])) ? [] : [i]))
  if (wrong.length === 0) return 0
  const [at = 0, ...more] = wrong
  const segment = String(route[at])
  const isNear = more.length === 0 && !segment.startsWith(':') && findNearest(String(sent[at]), [segment]) !== undefined
  return isNear ? 1 : undefined
}
