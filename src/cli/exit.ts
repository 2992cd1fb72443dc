/** Exit codes of the program. */
export const EXIT = {
  clean: 0,
  failure: 1,
  /** Wrong flags, variables or fixtures, or a port that is taken. */
  usage: 2,
  /** A run that does not hold to what it has to. */
  gate: 3
} as const
