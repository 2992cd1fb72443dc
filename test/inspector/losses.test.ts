/** What a person can destroy in the page, which asks before it does so. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { at, rows } from '../admin/admin-under-test.js'
import { buy, FIRST, search, SECOND } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER, type Shown } from './browser.js'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const admin = async ({ call }: Shown, path: string) => (await call({ method: 'GET', url: `/__admin${path}` })).body

interface Loss {
  title: string
  pane: string
  /** Asks for it, as a person does. */
  ask: (page: Page) => Promise<void>
  question: string
  loss: string
  /** The button that does it. */
  act: string
  /** What is there, and what is left of it. */
  read: (shown: Shown) => Promise<unknown>
  left: unknown
}

const LOSSES: readonly Loss[] = [
  {
    title: 'the journal',
    pane: '#/requests',
    ask: (page) => press(page, 'Clear'),
    question: 'Clear the journal?',
    loss: 'The requests of default will be lost.',
    act: 'Clear',
    read: async (shown) => at(await admin(shown, '/requests'), 'meta', 'total'),
    left: 0
  },
  {
    title: 'the report',
    pane: '#/coverage',
    ask: (page) => press(page, 'Begin a new report'),
    question: 'Begin a new report?',
    loss: 'The outcomes and warnings so far will be lost.',
    act: 'Begin',
    read: async (shown) => at(await admin(shown, '/contract'), 'summary', 'documented', 'seen'),
    left: 0
  },
  {
    title: 'a rule',
    pane: '#/faults',
    ask: (page) => press(page, 'Remove carrier_fault'),
    question: 'Remove carrier_fault?',
    loss: 'The rule and its hits will be lost.',
    act: 'Remove',
    read: async (shown) => rows((await admin(shown, '/faults')).faults).length,
    left: 0
  },
  {
    title: 'the snapshot whose name another one takes',
    pane: '',
    async ask(page) {
      await press(page, 'Snapshots')
      await page.getByLabel('Name of the snapshot').fill('mine')
      await press(page, 'Save a snapshot')
    },
    question: 'Replace mine?',
    loss: 'What the snapshot holds will be lost.',
    act: 'Replace',
    read: async (shown) => at(await admin(shown, '/snapshots'), 'snapshots', 0, 'numbers'),
    left: 4
  },
  {
    title: 'a snapshot',
    pane: '',
    async ask(page) {
      await press(page, 'Snapshots')
      await press(page, 'Drop')
    },
    question: 'Drop mine?',
    loss: 'The snapshot will be lost.',
    act: 'Drop',
    read: async (shown) => rows((await admin(shown, '/snapshots')).snapshots).length,
    left: 0
  }
]

t.test('A person is asked before anything is lost', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page, call } = shown
  await call({ method: 'PUT', url: '/__admin/snapshots/mine' })
  await call({
    method: 'POST',
    url: '/__admin/faults',
    body: { operation: 'buy', outcome: 'carrier_fault', number: SECOND }
  })
  await call(search('415', 5))
  await call(buy(FIRST))
  for (const loss of LOSSES) {
    await t.test(`such as ${loss.title}, and leaves it where it is`, async (t) => {
      const before = await loss.read(shown)
      t.not(before, loss.left)
      await shown.open(loss.pane)
      await loss.ask(page)
      const dialog = page.getByRole('dialog', { name: loss.question, description: loss.loss })
      await dialog.waitFor()
      t.equal(await page.evaluate('document.activeElement.textContent'), 'Close', 'Enter alone destroys nothing')
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      t.equal(await loss.read(shown), before)
    })
    await t.test(`such as ${loss.title}, and lets it go by the keyboard`, async (t) => {
      await loss.ask(page)
      const dialog = page.getByRole('dialog', { name: loss.question })
      await dialog.waitFor()
      await page.keyboard.press('Tab')
      t.equal(await page.evaluate('document.activeElement.textContent'), loss.act)
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      t.equal(await loss.read(shown), loss.left)
    })
  }
  t.strictSame(shown.complaints, [])
})
