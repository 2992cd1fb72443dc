import { Socket } from 'node:net'
import { finished, type Readable } from 'node:stream'

/** What a process knows of the one that started it; `process` itself is one. */
interface Child {
  /** Changes when the parent ends before its child (POSIX). */
  readonly ppid: number
  readonly stdin: Readable & { isTTY?: boolean }
}

const INTERVAL_MS = 250

/**
 * Resolves once the parent has ended. A pipe at standard input ends with the process that holds it, through `npx` and shells, which
 * survive a harness that is killed. A parent that gives no pipe is watched by its id. Neither keeps the program alive.
 */
export function waitForParent(child: Child): Promise<void> {
  const { ppid, stdin } = child
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (child.ppid !== ppid) resolve()
    }, INTERVAL_MS).unref()
    if (stdin.isTTY !== true && stdin instanceof Socket) {
      finished(stdin.resume().unref(), { writable: false }, () => {
        clearInterval(timer)
        resolve()
      })
    }
  })
}
