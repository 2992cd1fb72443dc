import { linkSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../settings.js'
import { listFolder } from '../state/document-file.js'
import { readJsonFile } from '../state/json-file.js'
import { makeFolder } from '../text/make-folder.js'
import { RECORD, type HarRecord, type RecordEntry } from './record.js'

/** Levels that a record may nest: those of an answer that the emulator has given, and the levels around it. */
const MAX_RECORD_LEVELS = 200

const RECORD_FILE = { message: 'is no record', schema: RECORD, levels: MAX_RECORD_LEVELS }

/** Names of records count up, and end with the operation. */
const RECORD_NAME = /^(\d{6})-[a-z0-9_]+\.har$/
const DIGITS = 6
const MAX_RECORDS = 999_999

/** A record in its file. */
export interface FoundRecord {
  file: string
  entry: RecordEntry
}

/** Writes records into a folder, one file for each, in their order. */
export class RecordFolder {
  readonly #folder: string
  #last: number

  /** Makes the folder where there is none; records that it has stay. Throws a UsageError where it cannot be read. */
  constructor(folder: string) {
    this.#folder = folder
    try {
      makeFolder(folder)
      this.#last = Math.max(0, ...readdirSync(folder).map((name) => Number(RECORD_NAME.exec(name)?.[1] ?? 0)))
    } catch (error) {
      throw new UsageError(`--record: ${folder} cannot be used: ${(error as Error).message}`)
    }
  }

  /** Writes a record. Returns its file. Throws where it cannot be written. */
  write(record: HarRecord): string {
    const operation = record.log.entries[0]._operation ?? 'unmatched'
    const text = `${JSON.stringify(record, null, 2)}\n`
    for (;;) {
      if (this.#last === MAX_RECORDS) throw new UsageError(`${this.#folder} is full: it has ${MAX_RECORDS} records`)
      this.#last++
      const file = join(this.#folder, `${String(this.#last).padStart(DIGITS, '0')}-${operation}.har`)
      if (writeNew(file, text)) return file
    }
  }
}

/** Writes a file, which gets its name once all of it is there. Returns false where another proxy has taken the name. */
function writeNew(file: string, text: string): boolean {
  const unfinished = `${file}.tmp`
  const isFree = makeNew(() => {
    writeFileSync(unfinished, text, { flag: 'wx' })
  })
  if (!isFree) return false
  try {
    return makeNew(() => {
      linkSync(unfinished, file)
    })
  } finally {
    unlinkSync(unfinished)
  }
}

/** Makes a file. Returns false where there is one of its name. */
function makeNew(make: () => void): boolean {
  try {
    make()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Reads the records of a folder in the order of their names, one at a time. Throws a UsageError that names the file and everything
 * that is wrong with it.
 */
export function* readRecords(folder: string): Generator<FoundRecord, void> {
  const listed = listFolder(folder)
  if ('fault' in listed) throw new UsageError(`--replay: ${folder}: ${listed.fault.message}`)
  const names = listed.names.filter((name) => name.endsWith('.har'))
  if (names.length === 0) throw new UsageError(`--replay: ${folder}: has no records (files that end with .har)`)
  for (const name of names.sort()) {
    const { log } = readJsonFile('--replay', join(folder, name), RECORD_FILE)
    yield { file: name, entry: log.entries[0] }
  }
}
