import { readFileSync } from 'node:fs'
import { extname } from 'node:path'

/** Something wrong with a file: which one, where in it (a JSON pointer), and what would have been right. */
export interface Fault {
  file: string
  at: string
  message: string
}

/** How documents may be written, by the ends of their names. */
export const DOCUMENT_EXTENSIONS = ['.json', '.yaml', '.yml'] as const

export function isDocumentFile(name: string): boolean {
  return DOCUMENT_EXTENSIONS.some((extension) => extension === extname(name))
}

/** The content of a file in JSON or YAML, or everything that keeps it from being read. */
export async function readDocument(file: string): Promise<{ content: unknown } | { faults: readonly Fault[] }> {
  try {
    return await parseDocument(file, readFileSync(file, 'utf8'))
  } catch (error) {
    return { faults: [{ file, at: '', message: String(error) }] }
  }
}

/** The content of a text; it is YAML where the name of `file` ends so, else JSON. */
export async function parseDocument(
  file: string,
  text: string
): Promise<{ content: unknown } | { faults: readonly Fault[] }> {
  try {
    if (!/\.ya?ml$/.test(file)) return { content: JSON.parse(text) as unknown }
    const { readYaml } = await import('./yaml-text.js')
    const { content, errors } = readYaml(text)
    return errors.length === 0 ? { content } : { faults: errors.map((message) => ({ file, at: '', message })) }
  } catch (error) {
    return { faults: [{ file, at: '', message: String(error) }] }
  }
}
