/** Says how long a workload goes on. */
export interface Budget {
  goesOn: () => boolean
  /** How much of the budget is used, from 0 to 1. */
  used: () => number
}

export function forMilliseconds(milliseconds: number): Budget {
  const start = performance.now()
  const used = () => (performance.now() - start) / milliseconds
  return { used, goesOn: () => used() < 1 }
}

/** Every question whether to go on counts as one step. */
export function forSteps(steps: number): Budget {
  let taken = 0
  return { used: () => taken / steps, goesOn: () => taken++ < steps }
}
