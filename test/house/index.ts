// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './colours.test.js'
import './examples.test.js'
import './house.test.js'
