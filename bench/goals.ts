/** The ratios to stay below, by row. */
export const GOALS: Readonly<Record<string, number>> = {
  'cold start': 0.4,
  'search, 2 numbers': 1.0,
  'read one number': 1.0,
  'list of 50': 1.1,
  'buy + remove': 1.5,
  'memory, idle': 1.15,
  'memory, after load': 1.2
}

/** Whatever grows with the numbers held, or with the page asked for, against the small figure. */
export const GROWTH_GOAL = 1.1

/** Milliseconds that a reset may take. */
export const RESET_GOAL = 0.1

/** What noting and reading requests may add to what they cost. */
export const JOURNAL_GOAL = 1.05

/** Milliseconds of CPU that a sandbox and its first request may take, and kilobytes that it may keep. */
export const SANDBOX_CPU_GOAL = 1
export const SANDBOX_MEMORY_GOAL = 100

/** What an installation may bring along. */
export const MOST_PACKAGES = 45
export const MOST_TARBALL_BYTES = 1_000_000
