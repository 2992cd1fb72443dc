/** docs/troubleshooting.md has a row for each message that a user can meet, and no others. */
import t from 'tap'
import { sourceFiles } from '../house/source-files.js'
import { messagesOfSource } from './messages.js'
import { inlineCode, partsOf, userPages } from './pages.js'

/** Messages of Node, SQLite, RE2 and the reader of YAML that users meet through the emulator. */
const FOREIGN = [
  'missing …',
  'invalid …',
  'unexpected …',
  '… at line …, column …',
  "Unknown option '…'",
  "Option '…' argument missing",
  "Option '…' argument is ambiguous…",
  "Option '…' does not take an argument",
  '… file is not a database',
  'Failed to parse URL from undefined/…',
  'Cannot read properties of undefined',
  'useEmulator is not a function'
]

const [page = { path: '', text: '' }] = userPages().filter(({ path }) => path === 'docs/troubleshooting.md')

/** The messages in the first cells of the tables: what has a blank, or … for what differs. */
const rows = partsOf(page).lines.flatMap(({ text, place }) => {
  const [, cell = ''] = /^\| (`.*?`) \| /.exec(text) ?? []
  return inlineCode([{ text: cell, place }]).filter(({ text }) => /[ …]/.test(text))
})

/** The parts of a message that are always the same. */
function piecesOf(message: string): string[] {
  return message
    .split('…')
    .map((piece) => piece.trim())
    .filter((piece) => /\w/.test(piece))
}

/** Whether the pieces stand in a text, one after another. */
function standIn(pieces: readonly string[], text: string): boolean {
  let from = 0
  return pieces.every((piece) => {
    const at = text.indexOf(piece, from)
    from = at + piece.length
    return at !== -1
  })
}

t.test('Every message of the program and of its action has a row that says what to do', async (t) => {
  const messages = messagesOfSource()
  t.ok(messages.length > 0)
  for (const { text, place } of messages) {
    const pieces = piecesOf(text)
    const hasRow = rows.some((row) => standIn(piecesOf(row.text), text) || standIn(pieces, row.text))
    t.ok(hasRow, `${place}: ${text}`)
  }
})

t.test('Every row is a message of the program', async (t) => {
  const source = sourceFiles('src', 'routes', 'db').map(({ text }) => text)
  const texts = [...source, ...messagesOfSource().map(({ text }) => text)].join('\n')
  t.ok(rows.length > 0)
  for (const { text, place } of rows.filter((row) => !FOREIGN.includes(row.text))) {
    for (const piece of piecesOf(text)) t.ok(texts.includes(piece), `${place}: ${piece}`)
  }
})
