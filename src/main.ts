#!/usr/bin/env node
import * as module from 'node:module'

// Node 22.8 and newer keep the compiled code for the next start; older ones compile it each time.
if ('enableCompileCache' in module) (module.enableCompileCache as () => void)()

// Exits quietly when the reader closes the pipe (EPIPE).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const { run } = await import('./cli/run.js')
process.exitCode = await run(process.argv.slice(2), process.env)
