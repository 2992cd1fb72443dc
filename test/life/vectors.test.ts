import t from 'tap'
import { tell } from './story.js'
import { VECTORS } from './vectors.cases.js'

t.test('the acceptance vectors of the reference implementation', (t) => tell(t, VECTORS))
