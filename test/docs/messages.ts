/** The messages of the program, as its source writes them, with … for what differs from time to time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { packageRoot } from '../../src/package.js'
import { sourceFiles } from '../house/source-files.js'

/** A message, and the file and line that make it. */
export interface Message {
  text: string
  place: string
}

/** The failures of the API have a table of their own, by outcome. The rest is no message to a user. */
const ELSEWHERE =
  /^src\/(?:problems|violations|e911\/magic-addresses|contract\/(?:outcomes|openapi\/.*|reports\/.*|verify\/(?:cases|verdicts.*)))\.ts$/

/** The functions that take a message. */
const MAKERS = /^(?:fail|add|invalidCall|(?:.*\.)?stderr\.write)$/

/** The members of an object that hold one. */
const MEMBERS = /^(?:message|reason)$/

/** Returns the messages of errors, of findings and of the action, and those that the program writes to standard error. */
export function messagesOfSource(): Message[] {
  const inSource = sourceFiles('src', 'routes', 'db')
    .filter(({ path }) => !ELSEWHERE.test(path))
    .flatMap(({ path, text }) => messagesIn(path, text))
  return [...inSource, ...messagesOfAction()].filter(({ text }) => /[a-z]{2}[^…]* [^…]*[a-z]{2}/i.test(text))
}

/** What `action.yml` tells GitHub as an error. */
function messagesOfAction(): Message[] {
  const text = readFileSync(join(packageRoot(), 'action.yml'), 'utf8')
  return [...text.matchAll(/::error title=[\w-]+::([^"'\n]*)/g)].map(([, message = '']) => ({
    text: message.replaceAll(/\$\w+/g, '…'),
    place: 'action.yml'
  }))
}

function messagesIn(path: string, source: string): Message[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true)
  const found: Message[] = []
  const collect = (node: ts.Node): void => {
    const text = textOf(node)
    const { line } = file.getLineAndCharacterOfPosition(node.getStart())
    if (text !== undefined) found.push({ text, place: `${path}:${line + 1}` })
    else if (!ts.isPropertyAssignment(node) && !isReplacement(node)) ts.forEachChild(node, collect)
  }
  const visit = (node: ts.Node): void => {
    if (isMaker(node)) node.arguments?.forEach(collect)
    else if (ts.isPropertyAssignment(node) && MEMBERS.test(node.name.getText())) collect(node.initializer)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** A text that is looked for in another one is no message. */
function isReplacement(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.getText().endsWith('.replace')
}

function isMaker(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  if (ts.isNewExpression(node)) return /(?:Error|AdminProblem)$/.test(node.expression.getText())
  return ts.isCallExpression(node) && MAKERS.test(node.expression.getText())
}

/** The text of a literal; undefined for any other node. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}
