import t from 'tap'
import { readAddress } from '../../src/e911/civic-address.js'
import { matchAddress } from '../../src/e911/match.js'
import { acceptAddress } from '../../src/e911/permissive.js'
import { address, ownStreets, summary } from './fixture-streets.js'
import { makeCorpus } from './corpus.js'

const CORPUS = makeCorpus(1500, 28)
const PLACE = '| RENO | NV | 89501'

const submitted = (line: string) => address(`${line} |  ${PLACE}`)

t.test('A line made of known parts is read as these parts', async (t) => {
  t.ok(CORPUS.length >= 300)
  for (const { line, house, street, unit } of CORPUS) {
    const read = readAddress(submitted(line))
    const [reading] = 'readings' in read ? read.readings : []
    t.same(
      reading && { house: reading.house, street: reading.street, units: reading.units },
      { house, street, units: [unit] },
      line
    )
  }
})

t.test('A line made of known parts finds the row of these parts', async (t) => {
  for (const { line, house, street, unit } of CORPUS) {
    const grid = /^\w*[NSEW]\d/.test(house) ? [{ house_number: house }] : []
    const rows = ownStreets([{ ...street, high: 99_999 }], grid)
    const printed = [street.predir, street.name, street.suffix, street.postdir].filter((part) => part !== '').join(' ')
    const expected = `${house} ${printed} | ${unit} ${PLACE}`
    t.equal(summary(matchAddress(submitted(line), rows)), expected, line)
  }
})

t.test('Permissive mode never changes the house of a line, and hardly ever its unit', async (t) => {
  const answers = CORPUS.map((known) => ({ ...known, match: acceptAddress(submitted(known.line)) }))
  const others = answers.filter(({ match, house }) => {
    return match.outcome !== 'success' || match.location.legacy_data.house_number !== house
  })
  t.same(others, [], 'no other house, and no line refused')
  const units = answers.filter(({ match, unit }) => {
    return match.outcome === 'success' && (match.location.extended_address ?? '') !== unit
  })
  t.ok(units.length <= CORPUS.length / 100, 'another unit in at most one line of a hundred')
})
