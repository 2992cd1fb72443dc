// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './fixtures.test.js'
import './json-schemas.test.js'
import './own-fixtures.test.js'
import './violations.test.js'
