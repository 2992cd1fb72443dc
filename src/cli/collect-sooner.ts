import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow by three quarters between two collections, where the engine would let a small one grow fourfold: a fifth
 * of what the process holds under load is garbage otherwise. A larger share costs time, a smaller one saves nothing.
 */
export function collectSooner(setFlag: (flag: string) => void = setFlagsFromString): void {
  setFlag('--heap-growing-percent=75')
}
