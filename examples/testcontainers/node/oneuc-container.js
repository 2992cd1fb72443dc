import { AbstractStartedContainer, GenericContainer, Wait } from 'testcontainers'

const PORT = 8000

/**
 * The emulator as a container of Testcontainers.
 *
 * @example
 * const emulator = await new OneucContainer('oneuc-emulator').withSettings({ contract: 'strict' }).start()
 */
export class OneucContainer extends GenericContainer {
  constructor(image) {
    super(image)
    this.withExposedPorts(PORT)
    // Not the health check of the image, which Docker runs every two seconds.
    this.withWaitStrategy(Wait.forHttp('/__admin/ready', PORT))
  }

  /** Sets what the command line sets with flags, under JavaScript's names: `randomSeed` is `--random-seed`. */
  withSettings(settings) {
    const nameOf = (key) => `ONEUC_EMULATOR_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
    return this.withEnvironment(
      Object.fromEntries(Object.entries(settings).map(([key, value]) => [nameOf(key), String(value)]))
    )
  }

  async start() {
    return new StartedOneucContainer(await super.start())
  }
}

export class StartedOneucContainer extends AbstractStartedContainer {
  /** Base URL for the client. */
  get url() {
    return `http://${this.getHost()}:${this.getMappedPort(PORT)}`
  }

  /** Base URL for the client of one test, with numbers, faults and a clock of its own. */
  sandbox(name) {
    return `${this.url}/sandboxes/${name}`
  }

  /** Calls the admin API: `admin('POST', 'faults', { operation: 'buy', status: 503 }, emulator.sandbox('a'))`. */
  async admin(method, path, body, baseUrl = this.url) {
    const response = await fetch(`${baseUrl}/__admin/${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return response.json()
  }

  /** How many requests differed from the document. */
  async countWarnings() {
    const { summary } = await this.admin('GET', 'contract?sandboxes=all')
    return summary.warnings
  }
}
