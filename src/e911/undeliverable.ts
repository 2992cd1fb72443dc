/**
 * Where mail may go and no ambulance can (USPS Publication 28, chapter 2). A form at the beginning of a line means
 * the whole line: `100 BOX CANYON RD` is a street.
 */
// prettier-ignore
const FORMS: readonly [written: RegExp, form: string][] = [
  [/\b(?:P ?O|POST OFFICE) ?BOX\b|^P ?O ?B \d/,                                  'a post office box'],
  [/^(?:FIRM )?(?:BOX|CALLER|LOCKBOX|DRAWER|BIN) (?:# )?(?:\d|[A-Z]$)/,          'a post office box'],
  [/\bPMB (?:# )?\d/,                                                            'a private mailbox'],
  [/^(?:GENERAL DELIVERY|POSTE RESTANTE|LIVRAISON GENERALE)\b|^(?:# )?GD$/,      'general delivery'],
  [/^(?:RR|R R|RURAL ROUTE|RFD) (?:# )?\d|^(?:RD|HC) (?:# )?\d+ BOX\b|^STAR ROUTE\b/, 'a rural route'],
  [/^(?:PSC|UNIT|CMR) (?:# )?\d+ BOX\b|^[AFD] ?P ?O$/,                           'a military address'],
  [/^C ?P (?:# )?\d|\bCASE POSTALE\b|^(?:STN|SUCC|RPO)\b/,                       'a Canadian post office']
]

/** Which form without a place any of the plain texts has, if one has. */
export function formWithoutPlace(texts: readonly string[]): string | undefined {
  return FORMS.find(([written]) => texts.some((text) => written.test(text)))?.[1]
}
