// The tests of the folder: they run in one process, as loading the emulator costs more than a second.
import './docs-page.test.js'
import './empty.test.js'
import './folds.test.js'
import './frames.test.js'
import './inspector.test.js'
import './lost-answers.test.js'
import './narrow.test.js'
import './report-page.test.js'
