// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './health-check.test.js'
import './mistakes.test.js'
import './parent.test.js'
import './port-file.test.js'
import './process.test.js'
import './run.test.js'
