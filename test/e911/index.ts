// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './corpus.test.js'
import './edits.test.js'
import './invariants.test.js'
import './lines.test.js'
import './magic-addresses.test.js'
import './match.test.js'
import './own-streets.test.js'
