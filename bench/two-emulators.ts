/** Two emulators in one process: the first notes and reads what it is asked, the second does neither. */
import type * as Library from '../src/library.js'

const { createEmulator } = (await import(new URL('../library.js', import.meta.url).href)) as typeof Library
const noting = await createEmulator()
const silent = await createEmulator({ journalSize: 0, contract: 'off' })
for (const { url } of [noting, silent]) process.stdout.write(`an emulator is listening on ${url}\n`)
