// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './driver.test.js'
import './files.test.js'
import './kept.test.js'
import './list-entries.test.js'
import './plans.test.js'
import './sandbox-files.test.js'
import './store.test.js'
