import type { EmulatorProcess } from '../emulator.js'
import type { Settings } from '../settings.js'
import { listen, type Ports } from './listen.js'
import { removePortFile, writePortFile } from './port-file.js'

/**
 * Listens and writes the port file, runs `work`, and stops again, however that ends. Throws a UsageError where the emulator cannot
 * listen. The port file goes before the ports are free for another emulator.
 */
export async function whileListening<Result>(
  emulator: Pick<EmulatorProcess, 'listen' | 'adminApp' | 'close'>,
  settings: Settings,
  work: (ports: Ports) => Promise<Result>
): Promise<Result> {
  try {
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
