// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './command.test.js'
import './emulated.test.js'
import './https.test.js'
import './large-bodies.test.js'
import './pass-on.test.js'
import './refusals.test.js'
