import process from 'node:process'

/** A terminal that keeps what the program writes as an error, and the codes with which it ends. */
export function recordedTerminal() {
  const ended = { codes: [] as number[], stderr: '' }
  const terminal = {
    stdout: process.stdout,
    stderr: { write: (text: string) => (ended.stderr += text) },
    env: {},
    exit: (code: number) => ended.codes.push(code)
  }
  return { terminal, ended }
}
