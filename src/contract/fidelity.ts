import { Type, type Static } from '@sinclair/typebox'
import { ASSUMPTIONS } from './assumptions.js'
import { ANYWHERE, EMULATOR, OPERATIONS, type Operation, type Outcome } from './outcomes.js'
import type { SeenOutcomes } from './verify/seen.js'
import { CASES } from './verify/cases.js'
import { oneOf } from '../text/text-schema.js'

const ORIGINS = ['document', 'reference', 'assumed', 'emulator'] as const
const AGREEMENTS = ['agreed', 'different', 'not compared', 'no case'] as const

/** Where an outcome comes from, and how sure it is. */
const OUTCOME_FIDELITY = Type.Object({
  name: Type.String({ description: 'The outcome' }),
  origin: oneOf(ORIGINS, {
    description:
      'document: it shows the outcome; reference: only the reference implementation has it; assumed: as reference, but a part is a guess; emulator: only the emulator has it'
  }),
  source: Type.String({ description: 'The heading of the document, or the section of the reference implementation' }),
  assumptions: Type.Array(Type.String(), { description: 'The guesses that it depends on' }),
  verify: oneOf(AGREEMENTS, {
    description:
      'agreed: `verify` has seen the real service answer the same; different: it has seen another answer; not compared: it has a case that was never run there; no case: it has none'
  }),
  seen: Type.Optional(
    Type.Object(
      {
        on: Type.String({ description: 'The day, such as 2024-01-31' }),
        by: Type.String({ description: 'The record, or the server that was asked' })
      },
      { description: 'When the service was last seen to answer the same; present where verify is agreed' }
    )
  )
})

/** The fidelity of every outcome, in the order of the tables. */
export const FIDELITY = Type.Object({
  summary: Type.Object(
    {
      document: Type.Integer(),
      reference: Type.Integer(),
      assumed: Type.Integer(),
      emulator: Type.Integer(),
      agreed: Type.Integer()
    },
    { description: 'How many outcomes come from where, and how many the real service was seen to have' }
  ),
  operations: Type.Array(
    Type.Object({
      name: Type.String({ description: 'The operation' }),
      source: Type.String(),
      outcomes: Type.Array(OUTCOME_FIDELITY)
    })
  ),
  anywhere: Type.Array(OUTCOME_FIDELITY, { description: 'Outcomes that any operation can end in' })
})
export type Fidelity = Static<typeof FIDELITY>
export type OutcomeFidelity = Static<typeof OUTCOME_FIDELITY>

/** What `verify` has seen of the real service. It was never run there. */
const NEVER_SEEN: SeenOutcomes = new Map()

/** Tells for every outcome where it comes from, and what was seen of it. */
export function describeFidelity(seen = NEVER_SEEN): Fidelity {
  const cases = new Set(CASES.map(({ name }) => name))
  const describe = (operation: string, { name, source, isDocumented }: Outcome): OutcomeFidelity => {
    const assumptions = ASSUMPTIONS.filter(({ outcomes }) =>
      outcomes.some(([ofOperation, outcome]) => ofOperation === operation && outcome === name)
    ).map(({ assumed }) => assumed)
    const origin = isDocumented
      ? 'document'
      : source === EMULATOR
        ? 'emulator'
        : assumptions.length > 0
          ? 'assumed'
          : 'reference'
    const fullName = `${operation}.${name}`
    const sighting = seen.get(fullName)
    if (typeof sighting === 'object') return { name, origin, source, assumptions, verify: 'agreed', seen: sighting }
    const verify = sighting ?? (cases.has(fullName) ? 'not compared' : 'no case')
    return { name, origin, source, assumptions, verify }
  }
  const operations = Object.entries<Operation>(OPERATIONS).map(([name, { source, outcomes }]) => ({
    name,
    source,
    outcomes: outcomes.map((outcome) => describe(name, outcome))
  }))
  const anywhere = ANYWHERE.map((outcome) => describe('', outcome))
  return {
    summary: countOutcomes([...operations.flatMap(({ outcomes }) => outcomes), ...anywhere]),
    operations,
    anywhere
  }
}

function countOutcomes(outcomes: readonly OutcomeFidelity[]): Fidelity['summary'] {
  const count = (isMeant: (outcome: OutcomeFidelity) => boolean) => outcomes.filter(isMeant).length
  const from = (origin: OutcomeFidelity['origin']) => count((one) => one.origin === origin)
  return {
    document: from('document'),
    reference: from('reference'),
    assumed: from('assumed'),
    emulator: from('emulator'),
    agreed: count(({ verify }) => verify === 'agreed')
  }
}
