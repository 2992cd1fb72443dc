/**
 * The steps that prepare a line for comparison, in this order (USPS Publication 28, sections on case and punctuation).
 * Nothing else survives than letters, digits, `#`, `/`, a point between digits and a hyphen after a digit: `39.2`,
 * `112-10` and `123 1/2` are house numbers, while `ST-LAURENT` is two words. A dash with a space between two numbers becomes
 * a slash, since `205 - 100` is no number.
 */
// prettier-ignore
const STEPS: readonly [written: RegExp, read: string][] = [
  [/['`\u2019\u02BC]/g,                  ''],
  [/\.(?!\d)|(?<!\d)\./g,                ''],
  [/[\u2010-\u2015\u2212]/g,             '-'],
  [/\u2044/g,                            '/'],
  [/#/g,                                 ' # '],
  [/[^\p{L}\p{N}#./-]/gu,                ' '],
  [/(?<=\d[A-Z]?) *- +(?=\d)|(?<=\d[A-Z]?) +-(?=\d)/g, ' / ']
]
const LONE_HYPHEN = /(?<!\d|\d[A-Z](?=-\d))-|-(?![\p{L}\p{N}])/gu

/** `12½` is a house and a half, not number 121/2, which is what decomposition alone would make of it. */
const VULGAR_FRACTION = /[\u00BC-\u00BE\u2150-\u215E]/g

/** The longest line that is read at all; the carriers behind the service stop at 60 characters for a second line. */
export const LONGEST_LINE = 200

/** A line in upper case, without accents and punctuation, with single spaces. Reading what was read changes nothing. */
export function plainText(line: string): string {
  return withSingleSpaces(prepare(line).replaceAll(LONE_HYPHEN, ' '))
}

/** A postal code as plain text that keeps each hyphen: `94105-` has lost a part of itself, and is no ZIP code. */
export function plainCode(code: string): string {
  return withSingleSpaces(prepare(code))
}

function prepare(line: string): string {
  const upper = line.replaceAll(VULGAR_FRACTION, ' $&').normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase()
  return STEPS.reduce((text, [written, read]) => text.replaceAll(written, read), upper)
}

function withSingleSpaces(text: string): string {
  return text.replaceAll(/ {2,}/g, ' ').replaceAll(/^ | $/g, '')
}

/** The words of a plain text; an empty text has none. */
export function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ')
}

/** The parts that are not empty, with a space between them. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

/** A dictionary from every spelling to its standard form, out of rows `standard: 'other spellings'`. */
export function spellings(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([standard, others]) =>
      [...wordsOf(others), standard].map((spelling): [string, string] => [spelling, standard])
    )
  )
}
