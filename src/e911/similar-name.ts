/** How many slips a street's name forgives, by its length. */
const FORGIVEN: readonly [length: number, slips: number][] = [
  [9, 2],
  [5, 1]
]

/** Whether `submitted` is `name` but for a slip or two. A name of digits forgives none: 2ND is not 3RD. */
export function isSimilarName(submitted: string, name: string): boolean {
  const slips = FORGIVEN.find(([length]) => name.length >= length)?.[1] ?? 0
  return /^\p{L}/u.test(name) && isWithin(slips, submitted, name)
}

/** Whether at most `slips` letters added, left out, changed or swapped with their neighbour make one text the other. */
function isWithin(slips: number, one: string, other: string): boolean {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const [a, b] = [one.slice(same), other.slice(same)]
  if (a === b || slips === 0) return a === b
  return (
    isWithin(slips - 1, a.slice(1), b.slice(1)) ||
    isWithin(slips - 1, a.slice(1), b) ||
    isWithin(slips - 1, a, b.slice(1)) ||
    (a.length > 1 && b.startsWith(`${a.charAt(1)}${a.charAt(0)}`) && isWithin(slips - 1, a.slice(2), b.slice(2)))
  )
}
