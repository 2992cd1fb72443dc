import { hash, randomUUID } from 'node:crypto'
import { encodeLong } from '../text/long-text.js'

/** The source of every id that the service would make up: random, or the same on every run when seeded. */
export interface Identifiers {
  /** 32 lower-case hex digits, new on each call: `request_id`, `auth_token`. */
  next(): string
  /** A whole number from `least` to `most`, always the same for a name; without a seed, that of seed 0. */
  drawBetween(least: number, most: number, name: string): number
}

/** Random ids, or with `seed` the same sequence on every machine. */
export function createIdentifiers(seed?: number): Identifiers {
  const drawBetween = (least: number, most: number, name: string) =>
    least + (Number.parseInt(md5(`${seed ?? 0}/${name}`).slice(0, DRAWN_DIGITS), 16) % (most - least + 1))
  if (seed === undefined) return { next: () => randomUUID().replaceAll('-', ''), drawBetween }
  let drawn = 0
  return { next: () => md5(`${seed}/${drawn++}`), drawBetween }
}

/** Hex digits that a number is drawn from: as many as a double keeps exactly. */
const DRAWN_DIGITS = 13

/**
 * `revision` of an answer: 32 hex digits that change exactly when the data does. The reference implementation hashes the
 * whole body, `request_id` included, so that its revisions never repeat; a stable one can be compared by a test.
 */
export function revisionOf(data: string): string {
  return md5(data)
}

function md5(text: string): string {
  return hash('md5', encodeLong(text))
}
