/**
 * Loads a script together with what the JavaScript engine has compiled of it before, so that it need not be compiled at
 * each start. Where there is nothing of this engine yet, it is kept at the end of a process that somebody has asked something.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

/** What Node gives a CommonJS module. */
const HEAD = '(function (exports, require, module, __filename, __dirname) {'

/** Where Node says that a client has come. */
const MET = 'net.server.socket'

/** The exports of `file`, a CommonJS module in ASCII; `atExit` is called with what shall be done at the end of the process. */
export function loadCached(file: string, cache: string, atExit: (work: () => void) => void): unknown {
  const cachedData = contentOf(cache)
  const source = `${HEAD}${readFileSync(file, 'latin1')}\n})`
  const script = new Script(source, {
    filename: file,
    columnOffset: -HEAD.length,
    ...(cachedData === undefined ? {} : { cachedData })
  })
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // A server that was used has called nearly all that the next start will call.
    const keepAtExit = () => {
      unsubscribe(MET, keepAtExit)
      atExit(() => {
        keep(cache, script)
      })
    }
    subscribe(MET, keepAtExit)
  }
  const module = { exports: {} }
  const run = script.runInThisContext() as (...given: unknown[]) => void
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
  return module.exports
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Others may start while it is written. Where nothing can be written, the next start takes as long as this one. */
function keep(cache: string, script: Script): void {
  try {
    const unfinished = mkdtempSync(`${cache}-`)
    writeFileSync(join(unfinished, 'code'), script.createCachedData())
    renameSync(join(unfinished, 'code'), cache)
    rmdirSync(unfinished)
  } catch {
    // The next start tries again.
  }
}
