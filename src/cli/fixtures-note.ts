import type { Settings } from '../settings.js'
import { describeFixtures } from '../state/fixtures.js'
import type { Terminal } from './process.js'

/** Says which files of `--fixtures` the emulator has taken. Standard output has the ready line first, so it goes to standard error. */
export function noteFixtures({ fixtures }: Pick<Settings, 'fixtures'>, { stderr }: Pick<Terminal, 'stderr'>): void {
  if (fixtures !== undefined) stderr.write(`oneuc-emulator: ${describeFixtures(fixtures)}\n`)
}
