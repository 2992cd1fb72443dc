// Cuts a source map down to the project's own sources: nobody looks for a fault in the packages, and their part is the largest.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** @param {{ sources: string[], mappings: string }} map */
export function ownMap(map) {
  const isOwn = map.sources.map((source) => !source.includes('node_modules'))
  const sources = map.sources.filter((_, index) => isOwn[index])
  const place = new Map(sources.map((source, index) => [source, index]))
  // Source, line and column count on from the last one written, all through the file.
  const read = [0, 0, 0]
  let written = [0, 0, 0]
  const lines = map.mappings.split(';').map((line) => {
    let [column, from, wasOwn] = [0, 0, false]
    const segments = line.split(',').flatMap((segment) => {
      if (segment === '') return []
      const [step, ...steps] = decoded(segment)
      column += step
      steps.slice(0, 3).forEach((one, index) => (read[index] += one))
      const own = steps.length > 0 && isOwn[read[0]]
      if (!own && !wasOwn) return []
      // A stack is read by its lines: where one goes on, there is nothing more to say.
      if (own && wasOwn && place.get(map.sources[read[0]]) === written[0] && read[1] === written[1]) return []
      wasOwn = own
      const original = own ? [place.get(map.sources[read[0]]), read[1], read[2]] : []
      const fields = [column - from, ...original.map((value, index) => value - written[index])]
      from = column
      if (own) written = original
      return [fields.map(encoded).join('')]
    })
    return segments.join(',')
  })
  return { version: 3, sources, names: [], mappings: lines.join(';') }
}

/** Numbers in Base64 VLQ: five bits a digit, the sixth says that more follow; the lowest bit of a number is its sign. */
function decoded(segment) {
  const numbers = []
  let [value, shift] = [0, 0]
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1)
    ;[value, shift] = [0, 0]
  }
  return numbers
}

function encoded(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1
  let text = ''
  do {
    const bits = rest & 31
    rest >>>= 5
    text += DIGITS[rest > 0 ? bits | 32 : bits]
  } while (rest > 0)
  return text
}
