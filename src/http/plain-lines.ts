import type { Again } from '../again.js'
import { outcomeOf } from '../contract/outcomes.js'
import type { Course } from '../journal/journal-entry.js'
import { isEmpty } from '../json.js'
import type { Query } from '../operations/rules/search-query.js'
import { Remembered } from '../remembered.js'
import { NONE } from '../api/context.js'
import { readPlainly, type PlainPaths, type PlainPlace } from './plain-request.js'
import { sandboxIn } from '../api/sandbox-choice.js'
import type { CallOf, ShortCall, Wanted } from './short-call.js'

/** So many lines of questions are remembered as they were read, and so many frames. */
const MOST_REMEMBERED = 1_000

/** What lines of one call have in common. */
interface Kind {
  call: ShortCall
  /** How it goes where it goes well. */
  course: Course
  /** That of its lines, where it changes something. */
  form: Form
}

/**
 * What lines have in common that are read against the document alike. Numbers need not be the same where something is done to
 * them: what a number strays by, its form or that nobody has searched for it, makes the call fail, and then it goes the long road.
 */
interface Form {
  /** The token with which one has been read last and strayed from nothing. */
  straightWith: string | undefined
}

/** A line without the digits of its number. */
interface Frame extends PlainPlace {
  kind: Kind
  form: Form
  /** The sandbox that it names. */
  sandbox: string | undefined
  /** What stands before the digits, and what stands behind them. */
  before: string
  after: string
  /** What stands before them in path and query, without what names the sandbox. */
  pathBefore: string
  /** What stands before them in the number. */
  plus: string
}

/** A line that is one of the short calls. */
export class Line implements Wanted, Again {
  readonly number: string | undefined
  readonly #frame: Frame

  constructor(frame: Frame, number: string | undefined) {
    this.#frame = frame
    this.number = number
  }

  get call(): ShortCall {
    return this.#frame.kind.call
  }

  get course(): Course {
    return this.#frame.kind.course
  }

  get form(): Form {
    return this.#frame.form
  }

  get sandbox(): string | undefined {
    return this.#frame.sandbox
  }

  get account(): string | undefined {
    return this.#frame.account
  }

  get query(): Query {
    return this.#frame.query
  }

  /** Path and query, without what names the sandbox. */
  text(): string {
    const { pathBefore, plus, after } = this.#frame
    return `${pathBefore}${(this.number ?? '').slice(plus.length)}${after}`
  }
}

/**
 * Reads lines. Those of questions are remembered, as clients ask them over and over. Those of changes have another number each,
 * and all else of them is mostly as in the last.
 */
export class PlainLines {
  readonly #paths: PlainPaths
  readonly #callOf: CallOf
  readonly #questions = new Remembered<Line>(MOST_REMEMBERED)
  readonly #frames = new Remembered<Frame>(MOST_REMEMBERED)
  /** The last of each call that changes something. */
  #last: readonly Frame[] = []
  readonly #kinds = new Map<ShortCall, Kind>()

  constructor(paths: PlainPaths, callOf: CallOf) {
    this.#paths = paths
    this.#callOf = callOf
  }

  /** The call that a line is (method, path and query); undefined where it is none of the short ones. */
  read(text: string): Line | undefined {
    return this.#likeTheLast(text) ?? this.#questions.get(text) ?? this.#readAnew(text)
  }

  #likeTheLast(text: string): Line | undefined {
    for (const frame of this.#last) {
      const number = numberWithin(frame, text, this.#paths.digits)
      if (number === undefined) continue
      const { call } = frame.kind
      return this.#callOf(call.method, frame, number) === call ? new Line(frame, number) : undefined
    }
    return undefined
  }

  #readAnew(text: string): Line | undefined {
    const methodEnd = text.indexOf(' ')
    const target = text.slice(methodEnd + 1)
    const place = sandboxIn(target, this.#paths.sandbox)
    const url = place === undefined ? target : place.rest
    const plain = readPlainly(url, this.#paths.pattern)
    const call = plain && this.#callOf(text.slice(0, methodEnd), plain, plain.number)
    if (plain === undefined || call === undefined) return undefined
    const { query, account, rest, number, plus, digits, after } = plain
    // The document has no queries for changes, and what strays goes the long road.
    if (!call.isQuestion && !isEmpty(query)) return undefined
    const behind = digits.length + after.length
    const before = text.slice(0, text.length - behind)
    const pathBefore = url.slice(0, url.length - behind)
    const kind = this.#kindOf(call)
    const form = call.isQuestion ? newForm() : kind.form
    const frame = { kind, form, sandbox: place?.name, query, account, rest, plus, before, pathBefore, after }
    const line = new Line(call.isQuestion ? frame : this.#keep(frame), number)
    if (call.isQuestion) this.#questions.set(text, line)
    return line
  }

  /** The frame as it was read first, for whoever comes next. */
  #keep(frame: Frame): Frame {
    const kept = this.#frames.of(frame.before + frame.after, () => frame)
    this.#last = [...this.#last.filter(({ kind }) => kind !== frame.kind), kept]
    return kept
  }

  #kindOf(call: ShortCall): Kind {
    const known = this.#kinds.get(call)
    if (known !== undefined) return known
    const { operation, method, status } = call
    const outcome = outcomeOf(operation, undefined)?.name
    const course = { method, status, operation, outcome, fault: undefined, warnings: NONE }
    const kind = { call, course, form: newForm() }
    this.#kinds.set(call, kind)
    return kind
  }
}

/** The number of a line that is like another one but for its digits; undefined where it differs in more. */
function numberWithin({ before, after, plus }: Frame, text: string, digits: RegExp): string | undefined {
  if (!text.startsWith(before) || !text.endsWith(after)) return undefined
  const found = text.slice(before.length, text.length - after.length)
  return digits.test(found) ? plus + found : undefined
}

function newForm(): Form {
  return { straightWith: undefined }
}
