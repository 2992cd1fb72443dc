import { unpainted, type Paint, type Style } from '../contract/reports/paint.js'
import type { Output } from './process.js'

/** The codes that begin and end a style (ECMA-48). */
const CODES: Readonly<Record<Style, readonly [begin: number, end: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39]
}

/** Values of FORCE_COLOR that ask for colours, as in Node; every other value forbids them. */
const COLOUR_VALUES = ['', '1', '2', '3', 'true']

/** Tells whether an output shows colours, by FORCE_COLOR, then NO_COLOR (no-color.org), then whether it is a terminal with colours. */
function hasColours(
  { isTTY = false }: Output,
  { FORCE_COLOR, NO_COLOR = '', TERM }: Readonly<Record<string, string | undefined>>
): boolean {
  if (FORCE_COLOR !== undefined) return COLOUR_VALUES.includes(FORCE_COLOR)
  return NO_COLOR === '' && isTTY && TERM !== 'dumb'
}

const paintColours: Paint = (style, text) => {
  const [begin, end] = CODES[style]
  return `\u001b[${begin}m${text}\u001b[${end}m`
}

/** Returns how an output shows styles: in colour, or not at all. */
export function paintFor(output: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  return hasColours(output, env) ? paintColours : unpainted
}
