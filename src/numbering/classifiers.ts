/** What kind of number a string is, as the reference implementation's default classifiers say; the first match wins. */
interface Classifier {
  name: string
  regex: string
  friendly_name: string
  emergency?: true
  pretty_print?: string
}

const NANP_PRINT = 'SS(###) ### - ####'

// prettier-ignore
const KINDS: readonly Classifier[] = [
  { name: 'tollfree_us',   friendly_name: 'US TollFree',          pretty_print: NANP_PRINT, regex: '^\\+1((?:800|88\\d|877|866|855|844|833|822)\\d{7})$' },
  { name: 'toll_us',       friendly_name: 'US Toll',              pretty_print: NANP_PRINT, regex: '^\\+1(900\\d{7})$' },
  { name: 'emergency',     friendly_name: 'Emergency Dispatcher', emergency: true,          regex: '^(911|922|933|988|833|811|711|999)$' },
  { name: 'caribbean',     friendly_name: 'Caribbean',            pretty_print: NANP_PRINT, regex: '^\\+?1((?:684|264|268|242|246|441|284|345|767|809|829|849|473|671|876|664|670|787|939|869|758|784|721|868|649|340)\\d{7})$' },
  { name: 'did_us',        friendly_name: 'US DID',               pretty_print: NANP_PRINT, regex: '^(\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$' },
  { name: 'international', friendly_name: 'International',                                  regex: '^\\+([2-9]\\d{7,})$' }
]

/** Fits anything, so that every number has a kind. */
const UNCLASSIFIED: Classifier = { name: 'unknown', friendly_name: 'Unknown', regex: '^(.*)$' }

/** All of them, in the order in which they are tried. */
export const CLASSIFIERS: readonly Classifier[] = [...KINDS, UNCLASSIFIED]

const CLASSIFIER_PATTERNS = KINDS.map((classifier) => ({ classifier, pattern: new RegExp(classifier.regex) }))

/** The first classifier that fits an E.164 string. */
export function classify(e164: string): Classifier {
  return CLASSIFIER_PATTERNS.find(({ pattern }) => pattern.test(e164))?.classifier ?? UNCLASSIFIED
}
