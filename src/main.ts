import { endWhereEnough } from './cli/enough.js'
import { run } from './cli/run.js'

endWhereEnough(process.stdout)
void run(process.argv.slice(2), process.env).then((code) => {
  process.exitCode = code
})
