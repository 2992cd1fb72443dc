/** The highest ratio to the bare server that is wanted, by row. */
export const ROWS: Readonly<Record<string, number>> = {
  'cold start': 0.85,
  'memory, idle': 1.2,
  search: 1.3,
  read: 1.3,
  'list of 50, made anew': 1.8,
  'buy + remove': 2.2,
  mixed: 2.2,
  'memory, after load': 1.5
}

/** Journal, contract check and coverage together, against an emulator without journal and contract check. */
export const JOURNAL = 1.1

/** Many numbers against 1,000. */
export const GROWTH = 1.3

/** The emulator against Prism, Mockoon and json-server: a third of what they cost. */
export const PEER = 0.33

/** The emulator against WireMock, for rows that only read. */
export const WIREMOCK = 1

/** CPU milliseconds of a reset with the built-in fixtures. */
export const RESET_MS = 0.5

/** CPU milliseconds and kilobytes of a sandbox that a client makes and uses. */
export const SANDBOX_MS = 1.5
export const SANDBOX_KB = 150

/** How far a ratio may rise above the recorded one before `--check` fails. */
export const TOLERANCE = 1.25
