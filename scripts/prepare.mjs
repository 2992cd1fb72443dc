// Builds `dist`, unless it is newer than all that it is made of, as make would compare them. npm runs this after `npm ci`, before
// `npm pack`, and where the package is installed from git or from a folder; `npm test` and `npm start` run it too.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ROOT = dirname(import.meta.dirname)
const SOURCES = ['src', 'routes', 'db', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json']

/** The file that the build writes last. */
const LAST = join(ROOT, 'dist', 'library.d.ts')

/** A folder changes when a file comes or goes; a file, when its text does. */
function newestIn(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

function isBuilt() {
  return existsSync(LAST) && statSync(LAST).mtimeMs > Math.max(...SOURCES.map((name) => newestIn(join(ROOT, name))))
}

/** `npm install FOLDER` links the folder without its development packages. `npm ci` installs them, and runs this script again. */
const command = existsSync(join(ROOT, 'node_modules', 'esbuild'))
  ? 'npm run --silent build'
  : 'npm ci --include=dev --no-global --no-audit --no-fund'

if (!isBuilt()) process.exitCode = spawnSync(command, { cwd: ROOT, stdio: 'inherit', shell: true }).status ?? 1
