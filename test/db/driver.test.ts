import t from 'tap'
import { assertDriver } from '../../db/driver.js'

t.test('A driver without a binary for this Node is told with the command that builds it', async (t) => {
  const open = () => {
    throw new Error('was compiled against a different Node.js version')
  }
  t.throws(
    () => {
      assertDriver(open)
    },
    {
      name: 'DriverError',
      message: /npm rebuild better-sqlite3 --ignore-scripts=false/
    }
  )
})
