import { run } from '../../src/cli/run.js'

export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** Runs the program within this process. `onOutput` sees standard output as it grows. */
export async function runInProcess(
  argv: readonly string[],
  environment: Record<string, string> = {},
  onOutput: (stdout: string) => void = () => undefined,
  exit: (code: number) => void = () => undefined
): Promise<Outcome> {
  const output = { stdout: '', stderr: '' }
  const code = await run(argv, environment, {
    stdout: {
      write(text) {
        output.stdout += text
        onOutput(output.stdout)
      }
    },
    stderr: { write: (text) => (output.stderr += text) },
    env: { ...process.env, ...environment },
    exit
  })
  return { code, ...output }
}
