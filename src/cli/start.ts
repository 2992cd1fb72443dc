#!/usr/bin/env node
/** The program as it is built: the bundle, with what the engine has compiled of it. */
import { join } from 'node:path'
import { loadCached } from '../built/code-cache.js'
import { stackWriter } from '../built/stack.js'

const BUNDLE = join(import.meta.dirname, 'emulator.cjs')
// The build says which bundle this belongs to: the engine itself compares nothing but lengths.
const CACHE = `${BUNDLE}-${String(process.env.BUNDLE_HASH)}-${process.version}-${process.arch}.cache`

Error.prepareStackTrace = stackWriter(BUNDLE)
const { program } = loadCached(BUNDLE, CACHE, (work) => process.once('exit', work)) as { program: () => unknown }
program()
