import type { Result } from './campaign.js'

/** Writes what a workload did: one line, then a few lines for each defect. */
export function describe({ workload, findings, figures, seconds }: Result, seed: number): string {
  const counts = [...findings.counts].sort().map(([kind, times]) => `${kind} ${times}`)
  const measured = [...figures].map(([name, value]) => `${name} ${value.toFixed(value < 10 ? 2 : 0)}`)
  const { defects, slowest } = findings
  const head = `${workload.name}: ${seconds.toFixed(0)} s · ${[...counts, ...measured].join(' · ')} · defects ${defects.length}`
  const lines = defects.flatMap(({ what, where, request, times }) => [
    `  ✗ ${what}`,
    `    ${times === 1 ? 'once' : `${times} times`}, first at ${where}; npm run campaign -- --seed ${seed} --only ${workload.name}`,
    ...(request === '' ? [] : [`    ${request}`])
  ])
  const slow = `  slowest answer ${slowest.milliseconds.toFixed(0)} ms: ${slowest.request}`
  return [head, ...(slowest.request === '' ? [] : [slow]), ...lines].join('\n')
}
