#!/usr/bin/env node
import * as module from 'node:module'
import { endWithoutReader } from './cli/terminal.js'

// Node 22.1 and newer keep the compiled code for the next start; Node 20 compiles it each time.
if ('enableCompileCache' in module) (module.enableCompileCache as () => void)()

process.stdout.on('error', endWithoutReader)

const { run } = await import('./cli/run.js')
process.exitCode = await run(process.argv.slice(2), process.env)
