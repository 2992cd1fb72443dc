import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/package.js'
import { againstLimit, type Figure } from '../figures.js'
import { MOST_PACKAGES, MOST_TARBALL_BYTES } from '../goals.js'

/** What `npm install` brings along: packages that are there when the program runs, and what is downloaded of this one. */
export function installRows(): Figure[] {
  return [
    againstLimit('packages at run time', 'packages', runtimePackages(), MOST_PACKAGES),
    againstLimit('packed size', 'kB', tarballBytes() / 1000, MOST_TARBALL_BYTES / 1000)
  ]
}

/** A package of the lockfile that is not for development alone. */
interface Locked {
  dev?: boolean
  optional?: boolean
  peer?: boolean
}

function runtimePackages(): number {
  const lock = readFileSync(join(packageRoot(), 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(lock) as { packages: Record<string, Locked> }
  return Object.entries(packages).filter(
    ([path, { dev, optional, peer }]) => path !== '' && dev !== true && optional !== true && peer !== true
  ).length
}

function tarballBytes(): number {
  const options = { cwd: packageRoot(), encoding: 'utf8' } as const
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options)
  const [{ size }] = JSON.parse(packed) as [{ size: number }]
  return size
}
