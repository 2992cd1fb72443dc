import { isScalar, parseDocument, visit } from 'yaml'

/** Parses YAML. Its errors have line and column. Throws where aliases explode. */
export function parseYaml(text: string): { content: unknown; errors: string[] } {
  const document = parseDocument(text, { strict: true })
  // YAML reads +14155234712 as an integer; in these documents, a text that begins with a plus is a phone number.
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === 'number' && node.source?.startsWith('+') === true) {
        node.value = node.source
      }
    }
  })
  const errors = [...document.errors, ...document.warnings].map(({ message }) => firstLineOf(message))
  return { content: errors.length === 0 ? document.toJS() : undefined, errors }
}

/** Returns the sentence of an error without the excerpt that the parser draws below it. */
function firstLineOf(message: string): string {
  // The parser calls itself for each level.
  return message.replace(/:?\n.*$/s, '').replace('Maximum call stack size exceeded', 'nests too deep')
}
