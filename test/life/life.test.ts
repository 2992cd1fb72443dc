import t from 'tap'
import { AGES, COLLECTIONS, PRICES, RESERVATIONS } from './course.cases.js'
import { DOCUMENTS } from './documents.cases.js'
import { tell } from './story.js'

t.test('what a number carries', (t) => tell(t, DOCUMENTS))
t.test('along which accounts it goes back', (t) => tell(t, RESERVATIONS))
t.test('how it ages and ends', (t) => tell(t, AGES))
t.test('what it costs', (t) => tell(t, PRICES))
t.test('what becomes of many', (t) => tell(t, COLLECTIONS))
