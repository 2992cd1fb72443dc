/** What the page says where there is nothing to show, in a real browser. */
import t from 'tap'
import { buy, FIRST, IN_SERVICE, search } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER, type Shown, summaryOf } from './browser.js'

/** The places, and what each of them says in a sandbox in which nothing is and nothing has happened. */
const EMPTY: [title: string, hash: string, place: string, says: RegExp][] = [
  ['no request', '', '.master', /Nothing has called yet\s+Point your client at http:[^]*, or run:\s+curl/],
  [
    'no number',
    '#/numbers',
    '.master',
    /This sandbox has no number\s+Buy one through the API, [^]*or reset to the fixtures/
  ],
  ['no address', '#/e911', '.pane', /No address has been sent yet\s+Send one in data\.e911[^]*magic addresses/],
  ['no rule', '#/faults', '.pane', /No rule: every request is answered as the API answers it\. Add one below/],
  ['no delay', '#/clock', '.pane', /Nothing waits\. PUT \/__admin\/timing says what takes time/],
  ['no warning', '#/coverage', '.pane', /No warning yet\. A request that differs from the document appears here/],
  ['no such request', '#/requests/999', '.detail', /There is no request 999\s+Close this, and choose one of the list/],
  ['no such number', '#/numbers/%2B14150000000', '.detail', /There is no number \+14150000000\s+Close this, and choose/]
]

t.test('Where there is nothing, the page says what to do', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  await shown.call({ method: 'POST', url: '/__admin/reset?to=empty' })
  for (const [title, hash, place, says] of EMPTY) {
    await shown.open(hash)
    const empty = shown.page.locator(`${place} .empty`)
    await empty.waitFor()
    t.match(await empty.innerText(), says, title)
  }
  await shown.page.getByRole('button', { name: 'Snapshots' }).click()
  await shown.page.getByRole('dialog').getByText('No snapshot yet. Save one').waitFor()
})

t.test('A request without bodies, headers or changes says so', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const lost = { operation: 'search', fault: 'CONNECTION_RESET_BY_PEER', times: 1 }
  await shown.call({ method: 'POST', url: '/__admin/faults', body: lost })
  await shown.call(search('415')).catch(() => undefined)
  await shown.open('#/requests/1')
  const section = (name: string) => shown.page.locator('.section', { hasText: name })
  await section('Response headers').locator('summary').click()
  for (const [name, says] of [
    ['Request body', 'no body'],
    ['Response body', 'no body'],
    ['Response headers', 'no headers']
  ] as const) {
    await section(name).getByText(says).waitFor()
    t.equal(await section(name).getByRole('button', { name: 'Copy' }).count(), 0, name)
  }
  await shown.open(`#/numbers/${encodeURIComponent(IN_SERVICE)}`)
  await shown.page.getByText('No request in the journal has changed this number').waitFor()
})

/** A filter that nothing fits: the pane, and what sets it. */
const FILTERS: [title: string, hash: string, set: (shown: Shown) => Promise<unknown>][] = [
  ['a text', '#/requests', ({ page }) => page.getByLabel('Search requests').fill('nowhere')],
  ['a status', '#/requests', ({ page }) => page.getByLabel('Status', { exact: true }).selectOption('5xx')],
  ['warnings', '#/requests', ({ page }) => page.getByLabel('Warnings').check()],
  ['unmatched', '#/requests', ({ page }) => page.getByLabel('Unmatched').check()],
  ['a prefix', '#/numbers', ({ page }) => page.getByLabel('Search by prefix').fill('+1999')],
  ['an account', '#/numbers', ({ page }) => page.getByLabel('Account').selectOption({ label: 'stranger' })],
  ['a state', '#/numbers', ({ page }) => page.getByLabel('State', { exact: true }).selectOption('port_out')],
  ['a state of the diagram', '#/numbers', ({ page }) => page.getByRole('button', { name: /^deleted/ }).click()]
]

t.test('Where nothing fits a filter, a button clears it', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page, call } = shown
  await call(search('415', 5))
  await call(buy(FIRST))
  for (const [title, hash, set] of FILTERS) {
    await shown.open(hash)
    await page.locator('.rows .row').first().waitFor()
    await set(shown)
    const empty = page.locator('.empty')
    await empty.waitFor()
    t.match(await empty.innerText(), /No (request|number) fits the search and the filters/, title)
    await empty.getByRole('button', { name: 'Clear the filters' }).click()
    await page.locator('.rows .row').first().waitFor()
    t.equal(await empty.count(), 0, title)
  }
})

t.test('A filter of the numbers is the same in the list and in the diagram', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.open('#/numbers')
  await page.getByLabel('State', { exact: true }).selectOption('reserved')
  await summaryOf(shown, /^1 number$/).waitFor()
  const state = page.getByRole('button', { name: /^reserved/ })
  t.equal(await state.getAttribute('aria-pressed'), 'true')
  await state.click()
  await summaryOf(shown, /^3 numbers$/).waitFor()
  t.equal(await page.getByLabel('State', { exact: true }).inputValue(), '')
})
