/** The pages have one look: a colour of one name is the same in each of them, as a page that is saved loads no file of another. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/package.js'

const PAGES = ['src/inspector/inspector.css', 'src/docs-page/docs.css', 'src/contract/reports/html.ts']

function coloursOf(path: string): [name: string, colours: string][] {
  const text = readFileSync(join(packageRoot(), path), 'utf8')
  return [...text.matchAll(/(--[\w-]+): light-dark\(([^)]*)\)/g)].map(([, name = '', colours = '']) => [name, colours])
}

t.test('The inspector, the page of the descriptions and the contract report have the same colours', (t) => {
  const [inspector, ...others] = PAGES.map((path) => ({ path, colours: coloursOf(path) }))
  const shared = new Map(inspector?.colours)
  for (const { path, colours } of others) {
    t.ok(colours.length > 5, path)
    for (const [name, colour] of colours) t.equal(colour, shared.get(name), `${name} of ${path}`)
  }
  t.end()
})
