/** Something that is wrong at a place of a document, which is a JSON pointer, and what would be right. */
export interface Finding {
  at: string
  message: string
}

/** Puts findings in the order of their pointers: positions of a list by number, a whole behind its parts. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings
    .map(({ at, message }) => ({ finding: { at, message }, steps: at.split('/') }))
    .sort((one, other) => compareSteps(one.steps, other.steps))
    .map(({ finding }) => finding)
}

function compareSteps(one: readonly string[], other: readonly string[]): number {
  const i = one.findIndex((step, position) => step !== other[position])
  const [step, otherStep] = [one[i], other[i]]
  if (step === undefined) return other.length - one.length
  if (otherStep === undefined) return -1
  return Number(step) - Number(otherStep) || (step < otherStep ? -1 : 1)
}

/** Adds a value to those that were seen. Returns false where it was among them already. */
export function addUnseen(seen: Set<string>, value: string): boolean {
  return seen.size < seen.add(value).size
}
