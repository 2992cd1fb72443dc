import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'

/** A call on the stack; Node's declarations leave out how it is written. */
type Site = NodeJS.CallSite & { toString: () => string }

/**
 * Writes stacks that name the sources which a bundle was made of. The map is read when the first stack is wanted: Node's
 * own way of it costs each start some milliseconds.
 */
export function stackWriter(bundle: string): (error: Error, sites: readonly Site[]) => string {
  let map: SourceMap | undefined
  return (error, sites) => {
    const lines = sites.map((site) => {
      if (site.getFileName() !== bundle) return site.toString()
      map ??= new SourceMap(
        JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]
      )
      return placed(site, map)
    })
    return [Error.prototype.toString.call(error), ...lines.map((line) => `    at ${line}`)].join('\n')
  }
}

/** The place in the sources, where there is one. */
function placed(site: Site, map: SourceMap): string {
  const entry = map.findEntry((site.getLineNumber() ?? 1) - 1, (site.getColumnNumber() ?? 1) - 1)
  // The packages are not in the map.
  if (!('originalSource' in entry) || (entry.originalSource as string | undefined) === undefined) return site.toString()
  const place = `${entry.originalSource.replace(/^(?:\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  const name = site.getFunctionName()
  return name === null ? place : `${name} (${place})`
}
