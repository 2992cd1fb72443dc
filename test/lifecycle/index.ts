// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './journeys.test.js'
import './lifecycle.test.js'
