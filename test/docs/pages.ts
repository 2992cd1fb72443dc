import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { packageRoot } from '../../src/package.js'

/** A Markdown file of the project. */
export interface Page {
  /** From the root of the project, with slashes. */
  path: string
  text: string
}

/** A fenced block of code. */
export interface Block {
  /** The words behind the fence: a language, and a file name where the block is a file. */
  language: string
  file: string | undefined
  text: string
  /** Page and line of the fence, for messages. */
  place: string
}

/** A line outside of the fenced blocks. */
export interface Line {
  text: string
  place: string
}

/** Folders that are no part of the project's sources. */
const FOREIGN = new Set(['node_modules', 'dist', 'coverage', '.tap', '.git'])

/** Every Markdown file of the project; llms.txt is one too. */
export function allPages(): Page[] {
  return markdownBelow('').map(readPage)
}

/** What users read before docs/, people and programs. */
export const FRONT_PAGES = ['README.md', 'AGENTS.md', 'llms.txt']

/** The pages for users: those and docs/. */
export function userPages(): Page[] {
  return allPages().filter(({ path }) => FRONT_PAGES.includes(path) || path.startsWith('docs/'))
}

function markdownBelow(folder: string): string[] {
  return readdirSync(join(packageRoot(), folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return FOREIGN.has(entry.name) ? [] : markdownBelow(path)
    return entry.name.endsWith('.md') || path === 'llms.txt' ? [path] : []
  })
}

function readPage(path: string): Page {
  return { path, text: readFileSync(join(packageRoot(), path), 'utf8') }
}

const FENCE = /^```([\w-]*) ?(\S*)$/

/** Separates the blocks of a page from its other lines. */
export function partsOf({ path, text }: Page): { blocks: Block[]; lines: Line[] } {
  const blocks: Block[] = []
  const lines: Line[] = []
  let open: { block: Omit<Block, 'text'>; content: string[] } | undefined
  for (const [i, line] of text.split('\n').entries()) {
    const place = `${path}:${i + 1}`
    const [isFence, language = '', file = ''] = FENCE.exec(line) ?? []
    if (isFence === undefined) {
      if (open === undefined) lines.push({ text: line, place })
      else open.content.push(line)
    } else if (open === undefined) {
      open = { block: { language, file: file === '' ? undefined : file, place }, content: [] }
    } else {
      blocks.push({ ...open.block, text: open.content.join('\n') })
      open = undefined
    }
  }
  return { blocks, lines }
}

/** The blocks of all pages for users. */
export function userBlocks(): Block[] {
  return userPages().flatMap((page) => partsOf(page).blocks)
}

/** Finds the inline code in lines. */
export function inlineCode(lines: readonly Line[]): Line[] {
  return lines.flatMap(({ text, place }) =>
    [...text.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , code = '']) => ({ text: code.trim(), place }))
  )
}

/** The name of a heading in a link, as GitHub makes it. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** The names of all headings of a page in links. */
export function headingSlugs(page: Page): Set<string> {
  const slugs = new Set<string>()
  for (const { text } of partsOf(page).lines) {
    const [, heading] = /^#+ (.+)$/.exec(text) ?? []
    if (heading === undefined) continue
    const slug = slugOf(heading)
    let name = slug
    for (let i = 1; slugs.has(name); i++) name = `${slug}-${i}`
    slugs.add(name)
  }
  return slugs
}

/** The targets of the links of a page. */
export function linksOf(page: Page): Line[] {
  return partsOf(page).lines.flatMap(({ text, place }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ text: target, place }))
  )
}
