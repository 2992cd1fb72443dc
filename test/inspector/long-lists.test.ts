/** What the page draws of long lists: ten thousand rows cost as much as those in sight. */
import t from 'tap'
import { DEMO } from '../harness/emulator-under-test.js'
import { inspectorFor, NO_BROWSER, summaryOf, type Shown } from './browser.js'

/** More rows than are in sight of a list, with those that it draws above and below them. */
const MAX_ROWS = 60

/** Notes how many rows the page has at most, and how many it has drawn at once. */
const RECORD = `
  window.most = { inPage: 0, drawn: 0 }
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter(({ classList }) => classList?.contains('row'))
    most.drawn = Math.max(most.drawn, added.length)
    most.inPage = Math.max(most.inPage, document.querySelectorAll('.row').length)
  }).observe(document, { childList: true, subtree: true })`

/** Scrolls to the end of a list, which may grow meanwhile, a step each frame. */
const SCROLL = `new Promise((resolve) => {
  requestAnimationFrame(function next() {
    const list = document.querySelector('.windowed')
    const rest = list.scrollHeight - list.clientHeight - list.scrollTop
    if (rest <= 1) resolve()
    list.scrollTop += Math.max(400, rest / 8)
    requestAnimationFrame(next)
  })
})`

function putNumbers({ call }: Shown, length: number) {
  const body = Array.from({ length }, (_, i) => ({
    e164: `+1415555${String(i).padStart(4, '0')}`,
    state: 'in_service',
    owner: DEMO
  }))
  return call({ method: 'POST', url: '/__admin/numbers', body })
}

t.test('However long a list is, the page draws the rows in sight', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  for (let i = 0; i < 1000; i++) await shown.call({ method: 'GET', url: `/v2/phone_numbers?prefix=${200 + (i % 800)}` })
  await putNumbers(shown, 10_000)
  await page.addInitScript(RECORD)
  for (const [pane, summary, last] of [
    ['requests', /^the latest 1,000 requests$/, '[data-id="1"]'],
    ['numbers', /^10,0\d\d numbers$/, '.row.one-number']
  ] as const) {
    await page.goto('about:blank')
    await shown.open(`#/${pane}`)
    await summaryOf(shown, summary).waitFor()
    await page.evaluate(SCROLL)
    await page.locator(last).first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('415')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    for (let i = 0; i < 20; i++) await shown.call({ method: 'GET', url: `/v2/phone_numbers?prefix=${200 + i}` })
    await page.evaluate(SCROLL)
    const most = await page.evaluate<Record<'inPage' | 'drawn', number>>('most')
    t.ok(most.inPage > 10 && most.inPage < MAX_ROWS, `${pane}: ${most.inPage} rows in the page`)
    t.ok(most.drawn > 10 && most.drawn < MAX_ROWS, `${pane}: ${most.drawn} rows drawn at once`)
  }
})

/** What makes the page ask again for rows that it could not read. */
const AGAIN: [title: string, act: (shown: Shown) => unknown][] = [
  [
    'the person scrolls on',
    async ({ page }) => {
      await page.evaluate('document.querySelector(".windowed").scrollTop -= 500')
      await page.evaluate(SCROLL)
    }
  ],
  [
    'the connection is live again',
    ({ sandbox }) => {
      sandbox.events.close()
    }
  ]
]

t.test('Further numbers that could not be read are asked for again', { skip: NO_BROWSER }, async (t) => {
  for (const [title, act] of AGAIN) {
    const shown = await inspectorFor(t)
    const { page } = shown
    await putNumbers(shown, 500)
    await shown.open('#/numbers')
    await summaryOf(shown, /^5\d\d numbers$/).waitFor()
    await page.route('**/__admin/numbers?*start_key=*', (route) => route.abort())
    await page.evaluate(SCROLL)
    await page.getByText('The emulator does not answer.').first().waitFor()
    await page.unrouteAll()
    await act(shown)
    await page.locator('.windowed:not([aria-rowcount="200"])').waitFor()
    t.pass(title)
  }
})
