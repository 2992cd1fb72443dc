/**
 * How many transactions of a database have been rolled back. Whoever remembers what rows held, so as not to ask again,
 * looks here whether that may have been undone.
 */
export interface Rollbacks {
  count: number
}
