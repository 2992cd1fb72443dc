import { setImmediate } from './timers.js'

/** Milliseconds after which long work makes room for requests. */
const SLICE_MS = 5

/** Work that stops at each `yield`. */
type Work<Result> = Generator<undefined, Result>

interface Task {
  /** Goes on to the next `yield`. Returns whether it has ended. */
  step: () => boolean
}

/**
 * Does long work in slices, in turn, and serves requests between them: however many patterns are compared with however many entries, a
 * request waits for one slice.
 */
export class Slices {
  readonly #tasks: Task[] = []

  /** Resolves to the result of `work`, or rejects with what it throws. */
  run<Result>(work: Work<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#tasks.push({ step: () => takeStep(work, resolve, reject) })
      if (this.#tasks.length === 1) this.#schedule()
    })
  }

  #schedule(): void {
    setImmediate(() => {
      this.#slice()
    })
  }

  #slice(): void {
    const end = performance.now() + SLICE_MS
    do {
      const task = this.#tasks[0]
      if (task === undefined) return
      // A task keeps its turn for a slice at most, and then goes to the end of the line.
      while (!task.step()) {
        if (performance.now() < end) continue
        this.#tasks.push(task)
        break
      }
      this.#tasks.shift()
    } while (performance.now() < end)
    if (this.#tasks.length > 0) this.#schedule()
  }
}

function takeStep<Result>(
  work: Work<Result>,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void
): boolean {
  try {
    const { done, value } = work.next()
    if (done === true) resolve(value)
    return done === true
  } catch (error) {
    reject(error)
    return true
  }
}
