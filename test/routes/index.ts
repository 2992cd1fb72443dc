// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './inspector.test.js'
import './outcomes.test.js'
import './routes.test.js'
