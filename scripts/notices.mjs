// Collects the licences and notices of packages: of those in the bundle, and of what they themselves contain.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const NOTICE = /^(?:licen[cs]e|notice|copying)|(?:swagger-ui-bundle|standalone-preset)\.js\.LICENSE/i

/** Returns the notices of the packages that these files belong to, as one text. */
export function collectNotices(files) {
  const folders = files.filter((file) => file.includes('node_modules')).map(packageOf)
  const texts = [...new Set(folders)].map(noticesIn).sort((one, other) => (one < other ? -1 : 1))
  return ['This program contains the following packages.', ...texts].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n'
}

/** Returns the folder of the package that a file belongs to. Some packages have a second package.json, without a version. */
function packageOf(file) {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json')) || manifestOf(folder).version === undefined) folder = dirname(folder)
  return folder
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function noticesIn(folder) {
  const { name, version, license } = manifestOf(folder)
  const files = readdirSync(folder).filter((file) => NOTICE.test(file))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}
