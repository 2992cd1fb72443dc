// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './compare.test.js'
import './record-folder.test.js'
import './replay-reports.test.js'
import './replay.test.js'
import './state-before.test.js'
