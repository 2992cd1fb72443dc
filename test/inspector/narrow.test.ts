/** The page on a telephone, in a real browser. */
import t, { type Test } from 'tap'
import { buy, FIRST, list, release, search, SECOND, store } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER, type Shown } from './browser.js'

/** The panes and their details, and what stands in each once it is there. */
const PANES = [
  ['requests', '.rows .row'],
  ['requests/2', '.detail .changes'],
  ['requests/3', '.detail .advice'],
  ['requests/4', '.detail .unmatched'],
  ['requests/6', '.detail .json'],
  ['requests/10', '.detail .fault'],
  ['requests/999', '.detail .empty'],
  ['numbers', '.rows .row'],
  [`numbers/${encodeURIComponent(FIRST)}`, '.detail .facts'],
  ['e911', '.card .differs:not(:empty)'],
  ['faults', '.columns thead ~ tr td'],
  ['clock', '.list .button'],
  ['coverage', '.advice']
] as const

/** The dialogs, and what opens each. */
const DIALOGS = [
  ['', 'Snapshots'],
  ['', 'Reset'],
  ['requests', 'Clear'],
  ['coverage', 'Begin a new report'],
  ['requests/2', 'Make this fail next time']
] as const

/** A table of choices is one line for each part where a page is narrower. */
const MAX_STACKED = 560

/**
 * Text and controls that reach over the edge of the part that shows them. The diagram scrolls, and so does a table of choices
 * that is not stacked. A text that ends in an ellipsis tells the whole on hover.
 */
const findBeyond = (width: number) => `(() => {
  const scrolling = '.diagram, .hidden${width > MAX_STACKED ? ', .scroll' : ''}'
  for (const one of document.querySelectorAll('details')) one.open = true
  const edgeOf = (start, isToldOnHover) => {
    let edge = innerWidth
    for (let one = start; one !== null; one = one.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(one)
      if (textOverflow === 'ellipsis' && isToldOnHover) return Infinity
      if (overflowX !== 'visible') edge = Math.min(edge, one.getBoundingClientRect().right)
    }
    return edge
  }
  const isShown = (one) => one.checkVisibility() && one.closest(scrolling) === null
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const beyond = []
  while (texts.nextNode()) {
    const { currentNode: text } = texts
    const { parentElement: parent } = text
    if (text.data.trim() === '' || parent.closest('select') !== null || !isShown(parent)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const { right, width } = range.getBoundingClientRect()
    if (width > 0 && right > edgeOf(parent, parent.closest('[title]') !== null) + 1) beyond.push(text.data)
  }
  for (const one of document.querySelectorAll('button, input, select, textarea, .button, nav a, .scroll')) {
    if (isShown(one.parentElement) && one.getBoundingClientRect().right > edgeOf(one.parentElement) + 1) beyond.push(one.outerHTML)
  }
  return beyond
})()`

/** Badges without a width, and boxes in an opened detail that show a part of their text only. */
const FIND_SQUEEZED = `[
  ...[...document.querySelectorAll('.badge')].filter((one) => one.checkVisibility() && one.offsetWidth < 8),
  ...[...document.querySelectorAll('.detail *')].filter((one) => one instanceof HTMLElement && one.clientHeight > 0 && one.scrollHeight > one.clientHeight + 1)
].map((one) => one.outerHTML)`

async function telephone(t: Test, width = 360): Promise<Shown> {
  const shown = await inspectorFor(t, { agingSeconds: 3600 }, { viewport: { width, height: 740 } })
  const fault = 'MALFORMED_RESPONSE_CHUNK'
  const body = { operation: 'remove', fault, number: '+14155550100', phase: 'after', delay_ms: { min: 20, max: 250 } }
  await shown.call({ method: 'POST', url: '/__admin/faults', body })
  await shown.call({
    method: 'POST',
    url: '/__admin/faults',
    body: { status: 503, number: '+14155550101', name: 'N'.repeat(100), times: 1 }
  })
  await shown.call(search('415', 5))
  await shown.call(buy(FIRST, undefined, { data: { my_own_field: 'a-word-that-has-no-place-to-break-'.repeat(3) } }))
  await shown.call({ ...buy(SECOND), url: buy(SECOND).url.replace('%2B', '+') })
  await shown.call({ method: 'GET', url: '/v2/nothing/here' })
  await shown.call(list())
  for (const [number, street_address] of [
    [FIRST, '911 MULTIPLE TEST ST'],
    [FIRST, '116 NATOMA ST'],
    [SECOND, '911 MULTIPLE 9 TEST ST']
  ] as const) {
    const place = { caller_name: 'Ann', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }
    await shown.call(store(number, { e911: { ...place, street_address } }))
  }
  await shown.call(search('212'))
  await shown.call({
    method: 'POST',
    url: '/__admin/faults',
    body: { operation: 'buy', fault, phase: 'after', times: 1 }
  })
  await shown.call(buy('+12122000000')).catch(() => undefined)
  await shown.call(release(SECOND))
  await shown.call({ method: 'PUT', url: '/__admin/snapshots/a-snapshot-with-a-long-name', body: {} })
  const long = '/sandboxes/the-sandbox-of-worker-12-of-the-checkout'
  await shown.call({ method: 'GET', url: `${long}/v2/phone_numbers?prefix=415` })
  return shown
}

/** The height at which an element begins. */
const topOf = async ({ page }: Shown, name: string) => (await page.getByRole('button', { name }).boundingBox())?.y

t.test('Nothing stands beyond the edge of a telephone or a tablet, or is squeezed', { skip: NO_BROWSER }, async (t) => {
  for (const width of [320, 360, 768]) await checkEdges(t, await telephone(t, width), width)
})

async function checkEdges(t: Test, shown: Shown, width: number): Promise<void> {
  const { page } = shown
  for (const [pane, part] of PANES) {
    await shown.open(`#/${pane}`)
    await page.locator(part).first().waitFor()
    t.strictSame(await page.evaluate(findBeyond(width)), [], `${pane} ${width}`)
    t.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${pane} ${width}`)
    t.strictSame(await page.evaluate(FIND_SQUEEZED), [], `${pane} ${width}`)
  }
  await shown.open('?sandbox=the-sandbox-of-a-worker-that-has-not-called-yet#/requests')
  await page.getByText('Nothing has called yet').waitFor()
  t.strictSame(await page.evaluate(findBeyond(width)), [], `nothing yet ${width}`)
  for (const [pane, opener] of DIALOGS) {
    await shown.open(`#/${pane}`)
    await page.getByRole('button', { name: opener }).click()
    await page.getByRole('dialog').waitFor()
    t.strictSame(await page.evaluate(findBeyond(width)), [], `${opener} ${width}`)
    await page.keyboard.press('Escape')
  }
  await page.route('**/__admin/events', (route) => route.abort())
  shown.sandbox.events.close()
  await page.locator('#connection[data-state="offline"]').waitFor()
  t.strictSame(await page.evaluate(findBeyond(width)), [], `stopped ${width}`)
}

t.test('On a telephone, the choices of an address stand under each other', { skip: NO_BROWSER }, async (t) => {
  const shown = await telephone(t)
  await shown.open('#/e911')
  for (const [part, value] of [
    ['region', /^region\s+CA\s+CA\s+CA/],
    ['street_address', /911 MULTIPLE 9 TEST ST\s+911 PROVISIONED TEST ST\s+911 PROVISIONED TEST ST/]
  ] as const) {
    const row = shown.page.locator('tr', { hasText: part })
    await row.waitFor()
    t.match(await row.innerText(), value)
    const boxes = await Promise.all((await row.locator('td').all()).map((cell) => cell.boundingBox()))
    t.equal(new Set(boxes.map((box) => box?.y)).size, 11, `${part}: its name, what was sent and nine choices`)
  }
})

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
    for (const id of [2, 3]) {
      const row = shown.page.locator(`.row[data-id="${id}"]`)
      const number = await row.locator('.number').boundingBox()
      const cell = await row.locator('.grow').boundingBox()
      t.ok(Number(number?.x) + Number(number?.width) <= Number(cell?.x) + Number(cell?.width), `${width} pixels`)
    }
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
