import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import ts from 'typescript'
import { packageRoot } from '../../src/package.js'

/** A file of the project as its syntax shows it; comments are no part of that. */
export interface SourceFile {
  /** From the root of the project, with slashes. */
  path: string
  lines: number
  text: string
  /** What it imports, types included: paths of the project, or names of packages. */
  imports: readonly string[]
  /** Its texts and patterns: what begins like a URL path stands there. */
  literals: readonly string[]
  /** The names that it uses, `Date.now` and the like whole. */
  names: ReadonlySet<string>
  declaresModule: boolean
}

/** Every TypeScript file below some folders of the project. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => read(relative(packageRoot(), join(entry.parentPath, entry.name)).replaceAll('\\', '/')))
  )
}

function read(path: string): SourceFile {
  const text = readFileSync(join(packageRoot(), path), 'utf8')
  const imports: string[] = []
  const literals: string[] = []
  const names = new Set<string>()
  let declaresModule = false
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      add(imports, node.moduleSpecifier)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(imports, node.arguments[0])
    } else if (ts.isModuleDeclaration(node)) declaresModule = true
    else if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) literals.push(node.text)
    else if (ts.isRegularExpressionLiteral(node)) literals.push(node.text.replaceAll(/^\/\^?|\\/g, ''))
    else if (ts.isPropertyAccessExpression(node)) names.add(node.getText())
    else if (ts.isIdentifier(node) && !ts.isPropertyAssignment(node.parent)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true))
  return {
    path,
    lines: text.split('\n').length - 1,
    text,
    imports: imports.map((name) => resolved(path, name)),
    literals,
    names,
    declaresModule
  }
}

function add(imports: string[], specifier: ts.Expression | undefined): void {
  if (specifier !== undefined && ts.isStringLiteralLike(specifier)) imports.push(specifier.text)
}

/** The file that a relative import means; a package stays as it is. */
function resolved(path: string, name: string): string {
  return name.startsWith('.') ? posix.join(dirname(path), name).replace(/\.js$/, '.ts') : name
}
