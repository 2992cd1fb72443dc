// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './free-numbers.test.js'
import './inventory.test.js'
import './magic-numbers.test.js'
