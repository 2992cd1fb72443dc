// Makes the types: `dist/library.d.cts` has those of the library in one file. What it takes from TypeBox is copied into it, since users of the
// package have no other types than those of TypeScript itself.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateDtsBundle } from 'dts-bundle-generator'
import ts from 'typescript'

const ROOT = dirname(import.meta.dirname)
const library = {
  filePath: join(ROOT, 'src/library.ts'),
  libraries: { inlinedLibraries: ['@sinclair/typebox'] },
  output: { noBanner: true, exportReferencedTypes: false }
}

/** Users who aim at an older ECMAScript have `AsyncDisposable` from it, with or without the types of Node. */
const DISPOSABLE = '/// <reference lib="esnext.disposable" />\n'

const [bundle] = generateDtsBundle([library], { preferredConfigPath: join(ROOT, 'tsconfig.json') })

writeFileSync(join(ROOT, 'dist', 'library.d.cts'), DISPOSABLE + bundle)

// What tests import for their runner refers to the types of the library.
for (const name of ['use-emulator', 'vitest', 'jest', 'node-test']) {
  const source = readFileSync(join(ROOT, 'src/testing', `${name}.ts`), 'utf8')
  const { outputText } = ts.transpileDeclaration(source, { compilerOptions: { stripInternal: true } })
  writeFileSync(join(ROOT, 'dist/testing', `${name}.d.ts`), outputText)
  writeFileSync(join(ROOT, 'dist/testing', `${name}.d.cts`), outputText.replaceAll(/(from '\.\S+)\.js'/g, "$1.cjs'"))
}

// TypeScript reads a declaration as the module system of its extension. ES modules can import those of CommonJS, but not the reverse.
writeFileSync(join(ROOT, 'dist', 'library.d.ts'), "export * from './library.cjs'\n")
