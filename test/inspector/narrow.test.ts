/** The page on a telephone, in a real browser. */
import t, { type Test } from 'tap'
import { buy, FIRST, list, SECOND } from '../harness/calls.js'
import { closeBrowser, inspectorFor, NO_BROWSER, type Shown } from './browser.js'

t.teardown(closeBrowser)

/** The panes, and what stands in each once it is there. */
const PANES = [
  ['requests', '.rows .row'],
  ['requests/1', '.detail .facts'],
  ['requests/3', '.detail .advice'],
  ['numbers', '.rows .row'],
  ['e911', '.empty'],
  ['faults', '.columns td'],
  ['clock', '.pane div > .empty'],
  ['coverage', '.advice']
] as const

/** What a person presses or reads that stands beyond the edge, and in no part that scrolls. */
const BEYOND = `[...document.querySelectorAll('button, input, select, nav a, td, .advice p, dialog')]
  .filter((one) => one.closest('.scroll') === null && one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 80))`

async function telephone(t: Test, width = 360): Promise<Shown> {
  const shown = await inspectorFor(t, {}, { viewport: { width, height: 740 } })
  const fault = 'MALFORMED_RESPONSE_CHUNK'
  const body = { operation: 'remove', fault, number: '+14155550100', phase: 'after', delay_ms: { min: 20, max: 250 } }
  await shown.call({ method: 'POST', url: '/__admin/faults', body })
  await shown.call(buy(FIRST))
  await shown.call({ ...buy(SECOND), url: buy(SECOND).url.replace('%2B', '+') })
  await shown.call({ method: 'GET', url: '/v2/nothing/here' })
  await shown.call(list())
  await shown.call({ method: 'PUT', url: '/__admin/snapshots/a-snapshot-with-a-long-name', body: {} })
  const long = '/sandboxes/the-sandbox-of-worker-12-of-the-checkout'
  await shown.call({ method: 'GET', url: `${long}/v2/phone_numbers?prefix=415` })
  return shown
}

/** The height at which an element begins. */
const topOf = async ({ page }: Shown, name: string) => (await page.getByRole('button', { name }).boundingBox())?.y

t.test('Nothing stands beyond the edge of a telephone or a tablet', { skip: NO_BROWSER }, async (t) => {
  for (const width of [360, 768]) await checkEdges(t, await telephone(t, width), width)
})

async function checkEdges(t: Test, shown: Shown, width: number): Promise<void> {
  const { page } = shown
  for (const [pane, part] of PANES) {
    await shown.open(`#/${pane}`)
    await page.locator(part).first().waitFor()
    t.strictSame(await page.evaluate(BEYOND), [], `${pane} ${width}`)
    t.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${pane} ${width}`)
  }
  await page.getByRole('button', { name: 'Snapshots' }).click()
  await page.getByRole('button', { name: 'Restore' }).waitFor()
  t.strictSame(await page.evaluate(BEYOND), [], 'snapshots')
  const dialog = "document.querySelector('dialog')"
  t.equal(await page.evaluate(`${dialog}.scrollWidth <= ${dialog}.clientWidth`), true)
}

t.test('On a telephone, what acts on the list stands in one line', { skip: NO_BROWSER }, async (t) => {
  const shown = await telephone(t)
  await shown.open()
  const tops = await Promise.all(['Pause', 'HAR', 'Clear'].map((name) => topOf(shown, name)))
  t.equal(new Set(tops).size, 1)
})

t.test('A row shows its whole number, on a telephone and beside an open request', { skip: NO_BROWSER }, async (t) => {
  for (const [width, hash] of [
    [360, ''],
    [1280, '#/requests/3']
  ] as const) {
    const shown = await telephone(t, width)
    await shown.open(hash)
    const row = shown.page.locator('.row[data-id="2"]')
    const number = await row.locator('.number').boundingBox()
    const cell = await row.locator('.grow').boundingBox()
    t.ok(Number(number?.x) + Number(number?.width) <= Number(cell?.x) + Number(cell?.width), `${width} pixels`)
  }
})

t.test('On a telephone, an open request takes the place of the list', { skip: NO_BROWSER }, async (t) => {
  const shown = await telephone(t)
  await shown.open('#/requests/1')
  await shown.page.locator('.detail .facts').waitFor()
  for (const hidden of ['.master', '.toolbar']) {
    t.equal(await shown.page.locator(hidden).first().isVisible(), false, hidden)
  }
})

t.test('On a telephone, reports keep their names', { skip: NO_BROWSER }, async (t) => {
  const shown = await telephone(t)
  await shown.open('#/coverage')
  const markdown = shown.page.getByRole('button', { name: 'Markdown' })
  t.match((await markdown.innerText()).trim(), 'Markdown')
  t.ok(Number((await markdown.locator('span').boundingBox())?.width) > 30)
})
