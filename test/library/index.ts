// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './closed.test.js'
import './fake-timers.test.js'
import './library.test.js'
import './options.test.js'
import './verbs.test.js'
