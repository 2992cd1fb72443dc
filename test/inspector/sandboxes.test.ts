/** What a person does with sandboxes and their snapshots, in a real browser. */
import t from 'tap'
import { FIRST, pathOf, SECOND } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER, rowsOf } from './browser.js'
import { makeCalls } from './client-calls.js'

t.test('A person works with two sandboxes', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await makeCalls(shown)
  await shown.call({ method: 'GET', url: '/sandboxes/other/v2/phone_numbers?prefix=212', token: 'demo-token' })
  await shown.open()
  await page.getByLabel('Sandbox').selectOption('other')
  await page.waitForURL('**/?sandbox=other**')
  await rowsOf(shown).first().waitFor()
  t.equal(await rowsOf(shown).count(), 1)
  await page.getByLabel('Sandbox').selectOption('default')
  await page.waitForURL('**/__admin/ui/')
  await rowsOf(shown).nth(3).waitFor()

  await t.test('saves and restores a snapshot', async (t) => {
    await page.getByRole('button', { name: 'Snapshots' }).click()
    await page.getByLabel('Name of the snapshot').fill('bought')
    await page.getByRole('button', { name: 'Save a snapshot' }).click()
    await page.getByText('Saved bought.').waitFor()
    await shown.call({ method: 'DELETE', url: pathOf(SECOND), token: 'demo-token' })
    t.equal(shown.find(SECOND)?.state, 'available')
    await page.getByRole('button', { name: 'Snapshots' }).click()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByLabel('Name of the sandbox').fill('wrong')
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    t.equal(await page.getByRole('dialog').isVisible(), true, 'a wrong name does nothing')
    await page.getByLabel('Name of the sandbox').fill('default')
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByText('Restored bought.').waitFor()
    t.equal(shown.find(SECOND)?.state, 'in_service')
  })
  await t.test('and resets one, by its name', async (t) => {
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByLabel('Name of the sandbox').fill('default')
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
    await page.getByText('default is as the fixtures say.').waitFor()
    t.equal(shown.find(FIRST), undefined)
    t.strictSame(shown.complaints, [])
  })
})

t.test('A page of a sandbox that cannot be says why', { skip: NO_BROWSER }, async (t) => {
  const { page, url } = await inspectorFor(t)
  for (const name of ['a/b', 'ä ö', '<b>', '%']) {
    await page.goto(`${url}/__admin/ui/?sandbox=${encodeURIComponent(name)}`)
    await page.locator('#connection').getByText('the name of a sandbox is 1 to 64 letters').waitFor()
  }
})

t.test(
  'A person restores without the name of the sandbox where no client has called',
  { skip: NO_BROWSER },
  async (t) => {
    const shown = await inspectorFor(t)
    const { page, call } = shown
    await call({ method: 'PUT', url: '/__admin/snapshots/empty' })
    await shown.open()
    await page.getByRole('button', { name: 'Snapshots' }).click()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByRole('dialog', { name: 'Restore default?', description: 'What it holds will be lost.' }).waitFor()
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByText('Restored empty.').waitFor()
    t.equal(await page.getByRole('dialog').count(), 0)
  }
)
