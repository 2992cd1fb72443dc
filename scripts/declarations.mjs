// Writes the declarations of the library: its own file, and those that it needs to be understood. Nothing else is declared,
// and nothing that a user of the package has not installed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { writeStaticTypesOut } from './static-types.mjs'

const ENTRY = 'src/library.ts'

/** Packages that every user of TypeScript on Node has. */
const PRESENT = /^node:/

/** @param {string} root @param {string} folder */
export function writeTypes(root, folder) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const program = ts.createProgram([join(root, ENTRY)], {
    ...options,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    sourceMap: false
  })
  const written = new Set()
  const write = (path) => {
    if (written.has(path)) return
    written.add(path)
    const source = program.getSourceFile(path)
    if (source === undefined) throw new Error(`${path} is no file of the library`)
    const text = declarationOf(program, source)
    const file = join(folder, relative(root, path).replace(/\.ts$/, '.d.ts'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) write(join(dirname(path), fileName.replace(/\.js$/, '.ts')))
      else if (!PRESENT.test(fileName)) throw new Error(`${file} needs the types of ${fileName}`)
    }
  }
  write(join(root, ENTRY))
}

function declarationOf(program, source) {
  let text
  const afterDeclarations = [writeStaticTypesOut(program.getTypeChecker())]
  const { diagnostics } = program.emit(source, (_, emitted) => (text = emitted), undefined, true, { afterDeclarations })
  const [fault] = diagnostics
  if (fault !== undefined) throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, '\n'))
  if (text === undefined) throw new Error(`${source.fileName} declares nothing`)
  return text
}
