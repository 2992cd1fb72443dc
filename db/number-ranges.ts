import type { State } from '../src/numbering/number-state.js'

/** E.164 strings from `from`, and below `to` where there is one. */
export interface E164Range {
  from: string
  to?: string | undefined
}

export type Range = Record<'from' | 'to', string>
export type Values = Record<string, string | number | null>

/** Sorts after every E.164 string. */
const END = '+:'

export function withEnd({ from, to = END }: E164Range): Range {
  return { from, to }
}

/** The rows that fit a filter; the parameters are those of `browsedValues`. */
export const BROWSED = `FROM number WHERE e164 >= @from AND e164 < @to
  AND (@owner IS NULL OR owner = @owner) AND (@state IS NULL OR state = @state)`

/** Which numbers a page of the admin API shows: those of an account, in a state, within a range; all where it names none. */
export interface NumberFilter {
  range: E164Range
  owner?: string | undefined
  state?: State | undefined
}

export function browsedValues({ range, owner, state }: NumberFilter): Values {
  return { ...withEnd(range), owner: owner ?? null, state: state ?? null }
}
