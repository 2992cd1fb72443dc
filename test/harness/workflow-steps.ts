/** The shell steps of actions and workflows, as the files of GitHub have them, so that tests run what a pipeline runs. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../../src/package.js'
import { outside } from './built-program.js'

export interface Step {
  name?: string
  uses?: string
  run?: string
  env?: Readonly<Record<string, string>>
}

/** Returns the content of a YAML file of the project. */
export function readYaml(path: string): unknown {
  return parse(readFileSync(join(packageRoot(), path), 'utf8'))
}

/** Runs a step as GitHub does: in bash, which ends with the first failure, with its expressions filled in from `context`. */
export function runStep(
  step: Step,
  context: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  cwd: string
) {
  const fill = (text: string) =>
    text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (expression, name: string) => {
      const value = context[name]
      if (value === undefined) throw new Error(`no value for ${expression}`)
      return value
    })
  const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]))
  const env = { ...process.env, ...environment, ...own }
  const argv = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', fill(step.run ?? '')]
  const { status, stdout, stderr } = spawnSync(...outside('bash', argv), { cwd, env, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}
