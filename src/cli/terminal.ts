/** Where the program speaks; the process itself is one. */
export interface Terminal {
  stdout: { write: (text: string) => unknown }
  stderr: { write: (text: string) => unknown }
}
