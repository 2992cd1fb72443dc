// Makes `dist/library.d.ts`: the types of the library in one file. What it takes from TypeBox is copied into it, since users of the
// package have no other types than those of Node.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateDtsBundle } from 'dts-bundle-generator'

const ROOT = dirname(import.meta.dirname)
const library = {
  filePath: join(ROOT, 'src/library.ts'),
  libraries: { inlinedLibraries: ['@sinclair/typebox'] },
  output: { noBanner: true, exportReferencedTypes: false }
}
const [types] = generateDtsBundle([library], { preferredConfigPath: join(ROOT, 'tsconfig.json') })
writeFileSync(join(ROOT, 'dist', 'library.d.ts'), types)
