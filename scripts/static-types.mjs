// Writes the types that are made of TypeBox schemas out, with the comments of their fields: a user of the package has no TypeBox.
import ts from 'typescript'

const TYPEBOX = '@sinclair/typebox'

/** A transformer of declarations; `checker` is that of their program. */
export function writeStaticTypesOut(checker) {
  return (context) => (source) =>
    context.factory.updateSourceFile(
      source,
      source.statements.flatMap((statement) => {
        if (ts.isTypeAliasDeclaration(statement)) return writeOut(statement, checker, context.factory)
        return mentionsTypeBox(statement) ? [] : statement
      })
    )
}

/** Schemas, and imports of TypeBox, are no part of the declarations. */
function mentionsTypeBox(node) {
  if (ts.isStringLiteral(node)) return node.text === TYPEBOX
  return ts.forEachChild(node, mentionsTypeBox) ?? false
}

function writeOut(alias, checker, factory) {
  const { type } = alias
  if (!ts.isTypeReferenceNode(type) || type.typeName.getText?.() !== 'Static') return alias
  const original = ts.getOriginalNode(alias)
  const fields = checker.getTypeAtLocation(original.name)
  const { NoTruncation, InTypeAlias, MultilineObjectLiterals } = ts.NodeBuilderFlags
  const written = checker.typeToTypeNode(fields, original, NoTruncation | InTypeAlias | MultilineObjectLiterals)
  for (const member of written.members) comment(member, fields.getProperty(member.name.text), checker)
  return factory.updateTypeAliasDeclaration(alias, alias.modifiers, alias.name, alias.typeParameters, written)
}

/** Takes the comment of a schema's field over. */
function comment(member, field, checker) {
  const tags = field.getJsDocTags(checker).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`)
  const text = [ts.displayPartsToString(field.getDocumentationComment(checker)), ...tags].join(' ')
  if (text !== '') ts.addSyntheticLeadingComment(member, ts.SyntaxKind.MultiLineCommentTrivia, `* ${text} `, true)
}
