import { join } from 'node:path'
import { packageRoot } from '../../src/package.js'

/** The built program. */
export const PROGRAM = join(packageRoot(), 'dist', 'oneuc-emulator.js')

/** For processes that run it: what they do is not counted as covered, since its map to the sources is a coarse one. */
export const UNCOUNTED = { _TAPJS_PROCESSINFO_COVERAGE_: '0' }
