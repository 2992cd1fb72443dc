// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './bytes.test.js'
import './exports.test.js'
import './expressions.test.js'
import './pages.test.js'
import './questions.test.js'
import './redaction.test.js'
import './replay.test.js'
import './story.test.js'
