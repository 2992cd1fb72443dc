import type { Writable } from 'node:stream'

/** Whoever has read enough of an output closes it, as `head` does: that ends the output, and is no defect. */
export function endWhereEnough(output: Writable): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
