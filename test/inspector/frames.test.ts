/** How smooth the page stays when it is full, as a ratio to the same page when it is empty, in the same browser. */
import t from 'tap'
import { DEMO } from '../harness/emulator-under-test.js'
import { inspectorFor, NO_BROWSER, type Shown } from './browser.js'

/** A frame of 100 ms where the empty page has one of a sixtieth of a second. */
const MAX_RATIO = 6
const ROUNDS = 3

/** Notes how long each frame lasts, from the first one of the page. */
const RECORD = `
  window.frameTimes = []
  let last
  requestAnimationFrame(function next(now) {
    if (last !== undefined) frameTimes.push(now - last)
    last = now
    requestAnimationFrame(next)
  })`

/** Scrolls to the end of a list, which may grow meanwhile, a step each frame. */
const SCROLL = `new Promise((resolve) => {
  let steps = 0
  requestAnimationFrame(function next() {
    const list = document.querySelector('.windowed')
    if (list !== null) list.scrollTop += Math.max(400, (list.scrollHeight - list.clientHeight - list.scrollTop) / 8)
    if (++steps < 30) requestAnimationFrame(next)
    else resolve()
  })
})`

/** What a person does with a list while requests arrive. Returns the longest frame of each round in the best of the rounds. */
async function longestFrame(shown: Shown, hash: string, summary: RegExp): Promise<number> {
  const longest: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await shown.page.goto('about:blank')
    await shown.open(hash)
    await shown.page.getByText(summary).first().waitFor()
    await shown.page.evaluate(SCROLL)
    await shown.page.keyboard.press('/')
    await shown.page.keyboard.type('415')
    await shown.page.keyboard.press('Control+A')
    await shown.page.keyboard.press('Delete')
    for (let i = 0; i < 20; i++) await shown.call({ method: 'GET', url: `/v2/phone_numbers?prefix=${200 + i}` })
    await shown.page.evaluate(SCROLL)
    longest.push(await shown.page.evaluate<number>('Math.max(...frameTimes)'))
  }
  return Math.min(...longest)
}

t.test('The lists stay smooth with a thousand requests and ten thousand numbers', { skip: NO_BROWSER }, async (t) => {
  const [empty, full] = [await inspectorFor(t), await inspectorFor(t)]
  for (let i = 0; i < 1000; i++) await full.call({ method: 'GET', url: `/v2/phone_numbers?prefix=${200 + (i % 800)}` })
  const numbers = Array.from({ length: 10_000 }, (_, i) => ({
    e164: `+1415555${String(i).padStart(4, '0')}`,
    state: 'in_service',
    owner: DEMO
  }))
  await full.call({ method: 'POST', url: '/__admin/numbers', body: numbers })
  for (const { page } of [empty, full]) await page.addInitScript(RECORD)
  for (const [pane, few, many] of [
    ['requests', /Nothing has called yet|^\d+ requests$/, /^the latest 1,000 requests$/],
    ['numbers', /^\d+ numbers$/, /^10,0\d\d numbers$/]
  ] as const) {
    const base = await longestFrame(empty, `#/${pane}`, few)
    const longest = await longestFrame(full, `#/${pane}`, many)
    const figures = `${pane}: ${longest.toFixed(0)} ms at most, ${base.toFixed(0)} ms when empty`
    t.comment(figures)
    t.ok(longest <= MAX_RATIO * base, figures)
  }
})
