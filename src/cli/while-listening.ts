import type { EmulatorProcess } from '../emulator.js'
import type { Settings } from '../settings.js'
import { describeFixtures } from '../state/fixtures.js'
import { listen, type Ports } from './listen.js'
import { removePortFile, writePortFile } from './port-file.js'
import type { Terminal } from './process.js'

/**
 * Listens and writes the port file, runs `work`, and stops again, however that ends. Throws a UsageError where the emulator cannot
 * listen. The port file goes before the ports are free for another emulator. Says on standard error, as standard output has the ready
 * line first, which files of `--fixtures` the emulator has taken.
 */
export async function whileListening<Result>(
  emulator: Pick<EmulatorProcess, 'listen' | 'adminApp' | 'close'>,
  settings: Settings,
  { stderr }: Pick<Terminal, 'stderr'>,
  work: (ports: Ports) => Promise<Result>
): Promise<Result> {
  try {
    const { fixtures } = settings
    if (fixtures !== undefined) stderr.write(`oneuc-emulator: ${describeFixtures(fixtures)}\n`)
    const ports = await listen(emulator, settings)
    writePortFile(settings, ports)
    try {
      return await work(ports)
    } finally {
      await removePortFile(settings, ports)
    }
  } finally {
    await emulator.close()
  }
}
