/** The patterns that texts of a schema are held to. */
export const PATTERNS = {
  e164: '^\\+\\d{8,63}$',
  threeDigits: '^\\d{3}$',
  tenDigits: '^\\d{10}$',
  onlyDigits: '^\\d+$',
  countingNumber: '^[1-9]\\d{0,14}$',
  printable: '^[\\x20-\\x7e]+$',
  wholeCharacters: '^\\P{Cs}*$',
  webUrl: '^https?://'
} as const

type Pattern = (typeof PATTERNS)[keyof typeof PATTERNS]

/** Each pattern in words and with an example: errors are for people, who need not read regular expressions. */
const WORDS: Readonly<Record<Pattern, string>> = {
  [PATTERNS.e164]: 'a number in E.164 with a plus sign, such as +14155550142',
  [PATTERNS.threeDigits]: 'three digits, such as 415',
  [PATTERNS.tenDigits]: 'ten digits, such as 4155550142',
  [PATTERNS.onlyDigits]: 'digits only, such as 1415',
  [PATTERNS.countingNumber]: 'a number of 1 to 15 digits without a leading zero, such as "12"',
  [PATTERNS.printable]: 'printable ASCII characters, such as carrier is down',
  [PATTERNS.wholeCharacters]: 'a text without half of a surrogate pair, such as callflow',
  [PATTERNS.webUrl]: 'a URL that begins with http:// or https://, such as https://api.example.com/v2'
}

const WHOLE_CHARACTERS = new RegExp(PATTERNS.wholeCharacters, 'u')

/** Whether a text has whole characters only. SQLite keeps text in UTF-8, which has no half of a surrogate pair. */
export function hasWholeCharacters(text: string): boolean {
  return WHOLE_CHARACTERS.test(text)
}

/** Says in words which texts a pattern of a schema takes. */
export function describePattern(pattern: string): string {
  return WORDS[pattern as Pattern]
}
