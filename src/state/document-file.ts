import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { parseJson, rejectDeep } from '../json.js'
import { MAX_STATE_LEVELS } from './schema.js'

/** A fault of a file: where it is (a JSON pointer), and what would be right. */
export interface DocumentFault {
  file: string
  at: string
  message: string
}

/** The forms of a document, by the extensions of their files. */
export const DOCUMENT_EXTENSIONS = ['.json', '.yaml', '.yml'] as const

export function isDocumentFile(name: string): boolean {
  return DOCUMENT_EXTENSIONS.some((extension) => extension === extname(name))
}

/** Lists the names in a folder. Returns a fault for a folder that is not there, or that the user may not read. */
export function listFolder(folder: string): { names: string[] } | { fault: DocumentFault } {
  try {
    return { names: readdirSync(folder) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such folder' : `cannot be read: ${message}`
    return { fault: { file: folder, at: '', message: reason } }
  }
}

/** Reads a file in JSON or YAML. Returns its content, or everything that is wrong with it. */
export async function readDocument(file: string): Promise<{ content: unknown } | { faults: readonly DocumentFault[] }> {
  try {
    return await parseDocument(file, readFileSync(file, 'utf8'))
  } catch (error) {
    return { faults: [{ file, at: '', message: `cannot be read: ${(error as Error).message}` }] }
  }
}

/** Returns a text without its byte order mark: editors of some systems write one, and JSON does not allow it. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

/** Parses a text, as YAML where the name of `file` ends so, else as JSON. A byte order mark in front is skipped. */
export async function parseDocument(
  file: string,
  text: string
): Promise<{ content: unknown } | { faults: readonly DocumentFault[] }> {
  try {
    if (!/\.ya?ml$/.test(file)) return { content: parseJson(withoutByteOrderMark(text), MAX_STATE_LEVELS) }
    // The parser of YAML is loaded when the first such file comes.
    const { content, errors } = (await import('./yaml.js')).parseYaml(text)
    rejectDeep(content, MAX_STATE_LEVELS)
    return errors.length === 0 ? { content } : { faults: errors.map((message) => ({ file, at: '', message })) }
  } catch (error) {
    return { faults: [{ file, at: '', message: (error as Error).message }] }
  }
}
