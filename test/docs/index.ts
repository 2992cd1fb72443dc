// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './complete.test.js'
import './generated.test.js'
import './messages.test.js'
import './nightly.test.js'
import './programs.test.js'
import './words.test.js'
