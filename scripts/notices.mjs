// Gathers the legal notices of the packages that went into a bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { URL } from 'node:url'

const ROOT = new URL('..', import.meta.url).pathname

/** The text of the notices of the packages that these files belong to. */
export function notices(files) {
  const folders = new Set(
    files.filter((file) => file.includes('node_modules')).map((file) => folderOf(resolve(ROOT, file)))
  )
  const texts = [...folders].map(noticeOf).sort((one, other) => (one < other ? -1 : 1))
  return ['This program contains the following packages.', ...texts].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n'
}

/** The folder of the package that a file belongs to: some have a package.json without a name further down. */
function folderOf(file) {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json')) || manifestOf(folder).version === undefined) folder = dirname(folder)
  return folder
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function noticeOf(folder) {
  const { name, version, license } = manifestOf(folder)
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}
