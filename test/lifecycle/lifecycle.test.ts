import t from 'tap'
import { DIALECT_NAMES } from '../../src/dialect.js'
import { playerFor } from '../harness/play.js'
import { PRICES } from './charges.cases.js'
import { COLLECTIONS } from './collections.cases.js'
import { DOCUMENTS } from './documents.cases.js'
import { playMatrices } from './matrix.js'
import { AGES, RESERVATIONS } from './reservations.cases.js'
import { VECTORS } from './vectors.cases.js'

const { play } = playerFor(t)

t.test('What I store with a number', (t) => play(t, DOCUMENTS))
t.test('A reserved number goes back to the account that had it before', (t) => play(t, RESERVATIONS))
t.test('A released number ages before it is available again', (t) => play(t, AGES))
t.test('I accept the charges of a purchase', (t) => play(t, PRICES))
t.test('I do to many numbers what I do to one', (t) => play(t, COLLECTIONS))
t.test('The acceptance vectors of the reference implementation hold', (t) => play(t, VECTORS))

for (const dialect of DIALECT_NAMES) {
  t.test(`A number in any state answers any operation by the rules (${dialect})`, (t) => playMatrices(t, dialect))
}
