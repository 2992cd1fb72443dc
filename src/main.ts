#!/usr/bin/env node
import * as module from 'node:module'
import { endAfterCrash, endWithoutReader, keepCompiledCode, startOn } from './cli/process.js'

startOn(process.version, process, () => {
  // From here on, stacks name the files and lines of the sources.
  process.setSourceMapsEnabled(true)

  keepCompiledCode(module)
  process.on('uncaughtException', endAfterCrash.bind(undefined, process))
  process.stdout.on('error', endWithoutReader.bind(undefined, process))

  // Not awaited: stacks would end in this file, which Node loads before it reads maps.
  void import('./cli/run.js')
    .then(({ run }) => run(process.argv.slice(2), process.env))
    .then((code) => {
      process.exitCode = code
    })
})
