/** Reads digits with or without a sign, however many; undefined for anything else (reference implementation). */
export function readWholeNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined
}
