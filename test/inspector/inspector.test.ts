/** The page as a whole: how a person opens it, and what holds on every pane, in a real browser. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import t from 'tap'
import { FIRST, pathOf } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER, summaryOf } from './browser.js'
import { makeCalls } from './client-calls.js'

t.test('A person opens the inspector', { skip: NO_BROWSER }, async (t) => {
  await t.test('by the URL that the program prints', async (t) => {
    const shown = await inspectorFor(t)
    await shown.page.goto(`${shown.url}/`)
    await shown.page.waitForURL('**/__admin/ui/')
    await shown.page.waitForSelector('#connection[data-state="live"]')
    t.match(await shown.page.locator('.empty').innerText(), /Nothing has called yet[\s\S]*curl/)
    await shown.page.getByRole('button', { name: 'Copy' }).click()
    const copied = await shown.page.evaluate('navigator.clipboard.readText()')
    t.equal(copied, `curl '${shown.url}/v2/phone_numbers?prefix=415&quantity=2'`)
    t.strictSame(shown.complaints, [])
  })
  await t.test('while a client that asks for JSON still gets the 404 of the API', async (t) => {
    const { call } = await inspectorFor(t)
    t.match(await call({ method: 'GET', url: '/', headers: { accept: 'application/json' } }), {
      status: 404,
      body: { message: 'not_found' }
    })
  })
  await t.test('of a sandbox by its own path', async (t) => {
    const shown = await inspectorFor(t)
    await shown.page.goto(`${shown.url}/sandboxes/checkout/__admin/ui`)
    await shown.page.waitForURL('**/__admin/ui/?sandbox=checkout')
    await shown.page.waitForSelector('#connection[data-state="live"]')
    t.match(await shown.page.locator('.empty').innerText(), /\/sandboxes\/checkout\/v2/)
  })
})

t.test('A page with a token asks for it once', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t, { adminToken: 'secret' })
  const { page } = shown
  await page.goto(`${shown.url}/__admin/ui/`)
  await page.getByRole('textbox', { name: 'Admin token' }).fill('wrong')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Admin token' }).fill('secret')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForSelector('#connection[data-state="live"]')
  await page.reload()
  await page.waitForSelector('#connection[data-state="live"]')
  t.equal(await page.getByRole('dialog').count(), 0)
})

t.test('What a client sends is text, whatever it looks like', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
  await shown.call({ method: 'GET', url: `/v2/${encodeURIComponent(markup)}`, token: 'demo-token' })
  await shown.call({
    method: 'PUT',
    url: `${pathOf(FIRST)}/activate`,
    body: { data: { [markup]: markup } },
    token: 'demo-token',
    headers: { 'x-own': markup }
  })
  for (const hash of ['#/requests/1', '#/requests/2', '#/coverage']) {
    await shown.open(hash)
    await shown.page.locator('main .detail, main .coverage').first().waitFor()
    t.equal(await shown.page.locator('main img, main script').count(), 0, hash)
    t.match(await shown.page.title(), /oneuc-emulator/)
  }
  t.strictSame(shown.complaints, [])
})

t.test('The page has no finding of axe that matters, in either theme and width', { skip: NO_BROWSER }, async (t) => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360]
  ] as const) {
    const shown = await inspectorFor(t, {}, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true })
    await makeCalls(shown)
    await shown.page.addInitScript(axe)
    for (const hash of [
      '#/requests',
      '#/requests/3',
      '#/numbers',
      `#/numbers/${encodeURIComponent(FIRST)}`,
      '#/e911',
      '#/faults',
      '#/clock',
      '#/coverage'
    ]) {
      await shown.open(hash)
      await shown.page.locator('main > .pane').waitFor()
      const { violations } = await shown.page.evaluate<{
        violations: { id: string; nodes: { html: string }[] }[]
      }>("axe.run(document, { resultTypes: ['violations'] })")
      // A row of a list is a link, so that it opens in a tab of its own, too.
      const findings = violations.filter(({ id }) => id !== 'aria-allowed-role')
      t.strictSame(
        findings.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
        [],
        `${hash} ${colorScheme} ${width}`
      )
    }
  }
})

t.test('A long path leaves room for the rest of its request', { skip: NO_BROWSER }, async (t) => {
  for (const width of [1280, 360]) {
    const { call, open, page } = await inspectorFor(t, {}, { viewport: { width, height: 800 } })
    const url = `/v2/${'a-very-long-path/'.repeat(53)}`
    await call({ method: 'GET', url })
    await open('#/requests/1')
    const head = page.getByRole('heading', { name: url })
    t.match(await head.innerText(), url, 'whole')
    const { y = 0, height = 0 } = (await head.boundingBox()) ?? {}
    t.ok(height > 0 && y + height < 400, `${width}: ${height} px`)
    const whole = await page.evaluate<number>('document.querySelector(".detail h2").scrollHeight')
    t.ok(whole > height, `${width}: it scrolls`)
  }
})

t.test('A screen reader hears once of many requests', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await page.clock.install()
  await shown.open()
  await summaryOf(shown, /^0 requests$/).waitFor()
  await page.clock.pauseAt(Date.now() + 60_000)
  await page.evaluate(`
    window.heard = []
    window.arrived = 0
    new MutationObserver(() => heard.push(spoken.textContent)).observe(spoken, { childList: true })
    const { parse } = JSON
    JSON.parse = (text) => (arrived++, parse(text))`)
  t.equal(await page.locator('main :is([aria-live], [role=status], [role=log])').count(), 0)
  for (let i = 1; i <= 5; i++) {
    await shown.call({ method: 'GET', url: '/v2/phone_numbers?prefix=415' })
    while ((await page.evaluate<number>('arrived')) < i);
    await page.clock.runFor(100)
    t.match(await page.locator('.summary').innerText(), new RegExp(`^${i} request`))
  }
  t.strictSame(await page.evaluate('heard'), [])
  await page.clock.runFor(5000)
  t.strictSame(await page.evaluate('heard'), ['5 requests'])
})

t.test('The page is readable in forced colours and on paper', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t, {}, { colorScheme: 'dark', forcedColors: 'active' })
  const { page } = shown
  await makeCalls(shown)
  await shown.open('#/requests/2')
  await page.locator('.detail .changes').waitFor()
  for (const chosen of ['.row[data-id="2"]', '#nav [data-pane="requests"]']) {
    const outline = `getComputedStyle(document.querySelector('${chosen}')).outlineStyle`
    t.equal(await page.evaluate(outline), 'double', chosen)
  }
  await page.emulateMedia({ media: 'print', forcedColors: 'none' })
  t.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)')
  t.ok(await page.evaluate('document.body.scrollHeight > innerHeight'), 'what is below the edge is printed, too')
})

t.test('The page comes back when the emulator does', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  await shown.open()
  await shown.page.route('**/__admin/events', (route) => route.abort())
  shown.sandbox.events.close()
  await shown.page.locator('#connection[data-state="offline"]').waitFor()
  t.match(await shown.page.locator('#connection').innerText(), /has stopped/)
  await shown.page.route('**/__admin/clock', (route) => route.abort())
  await shown.page.getByRole('link', { name: 'Clock' }).click()
  await shown.page.getByText('The emulator does not answer.').waitFor()
  await shown.page.unrouteAll()
  await shown.page.locator('#connection[data-state="live"]').waitFor()
})
