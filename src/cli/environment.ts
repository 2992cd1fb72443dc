export type Environment = Readonly<Record<string, string | undefined>>

/**
 * What Kubernetes puts into the environment of every pod for a service with this name, or with a name that begins with it
 * (its documentation: "Discovering services").
 */
const SERVICE_LINK = /^ONEUC_EMULATOR_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_.+)?)$/
const SERVICE_PORT = /^ONEUC_EMULATOR_.*PORT$/
const SERVICE_URL = /^(?:tcp|udp|sctp):\/\//

/**
 * Tells the tests of a client where an emulator runs. It often reaches the emulator as well, since GitLab hands the variables of a
 * job to its services.
 */
const URL_FOR_TESTS = 'ONEUC_EMULATOR_URL'

/**
 * Drops the variable for tests, and separates the variables that Kubernetes sets for its services from all others: they look like
 * settings and are none.
 */
export function separateServiceLinks(environment: Environment): { variables: Environment; ignored: string[] } {
  const isServiceLink = ([name, value = '']: [string, string | undefined]) =>
    SERVICE_LINK.test(name) || (SERVICE_PORT.test(name) && SERVICE_URL.test(value))
  const entries = Object.entries(environment).filter(([name]) => name !== URL_FOR_TESTS)
  return {
    variables: Object.fromEntries(entries.filter((entry) => !isServiceLink(entry))),
    ignored: entries.filter(isServiceLink).map(([name]) => name)
  }
}
