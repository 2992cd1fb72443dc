import { gateFailures } from '../contract/gates.js'
import { reportFiles, writeReports } from '../contract/reports/index.js'
import { GateError, type AdminClient, type GateOptions } from '../library.js'
import { readGateOptions } from '../library/options.js'
import { readSettings } from '../text/read-settings.js'

/** Writes the reports of an emulator that was started elsewhere, and checks the gates, for all of its sandboxes together. */
export async function checkJoinedGates(admin: AdminClient, options: GateOptions): Promise<void> {
  const settings = { ...readSettings({}, {}), ...readGateOptions(options) }
  const report = await admin.contract({ sandboxes: 'all' })
  await writeReports(report, reportFiles(settings, String))
  const failures = gateFailures(report, settings)
  if (failures.length > 0) throw new GateError(failures.map((one) => `gate failed: ${one}`).join('\n'), failures)
}
