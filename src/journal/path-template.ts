import { FindingsError } from '../findings/findings-error.js'
import { escapePointer } from '../json.js'
import { suggest } from '../text/nearest.js'
import { decodePart } from '../text/url.js'

/** A part of a path: a text that has to be the same, or the name of one that may be any. */
interface PathPart {
  text: string
  isName: boolean
}

/** A path with names in the place of some of its parts, as in OpenAPI: `/v2/phone_numbers/{number}`. */
export class PathTemplate {
  readonly #parts: readonly PathPart[]
  readonly #names: readonly string[]

  /** Throws a FindingsError for a template that cannot be used. */
  constructor(template: string) {
    this.#parts = template.split('/').map(readPart)
    this.#names = this.#parts.filter(({ isName }) => isName).map(({ text }) => text)
    if (!template.startsWith('/')) throw wrong(`must be a path that begins with /: ${template}`)
    const twice = this.#names.find((name, i) => this.#names.indexOf(name) !== i)
    if (twice !== undefined) throw wrong(`has the name {${twice}} twice`)
  }

  /** Throws a FindingsError for a name that the template does not have. */
  checkName(name: string): void {
    if (this.#names.includes(name)) return
    const known = this.#names.length === 0 ? 'it has none' : suggest(name, this.#names)
    const message = `is no name in urlPathTemplate; ${known}`
    throw new FindingsError([{ at: `/pathParameters/${escapePointer(name)}`, message }])
  }

  /** Returns the decoded parts of a path by name; undefined for a path of another form. A named part is never empty. */
  read(path: string): ReadonlyMap<string, string> | undefined {
    const texts = path.split('/')
    const isLike = ({ text, isName }: PathPart, i: number) => (isName ? texts[i] !== '' : texts[i] === text)
    if (texts.length !== this.#parts.length || !this.#parts.every(isLike)) return undefined
    const named = this.#parts.flatMap(({ text, isName }, i): [string, string][] =>
      isName ? [[text, decodePart(String(texts[i]))]] : []
    )
    return new Map(named)
  }
}

function readPart(text: string): PathPart {
  const [, name] = /^\{([\w.-]{1,100})\}$/.exec(text) ?? []
  if (name !== undefined) return { text: name, isName: true }
  if (/[{}]/.test(text)) throw wrong(`can have a name only as a whole part of the path, such as /{number}/: ${text}`)
  if (/[?#]/.test(text)) throw wrong(`is a path without its query; queryParameters is for that: ${text}`)
  return { text, isName: false }
}

function wrong(message: string): FindingsError {
  return new FindingsError([{ at: '/urlPathTemplate', message }])
}
