import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import t from 'tap'
import { inspectorFor, NO_BROWSER, type Shown } from './browser.js'
import { DEMO } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const FIRST = '+14152338397'
const SECOND = '+14152338421'
const pathOf = (e164: string) => `${NUMBERS}/${encodeURIComponent(e164)}`

const ADDRESS = { caller_name: 'Ann', postal_code: '94105', locality: 'SAN FRANCISCO', region: 'CA' }

/** What a client does before a person looks. */
async function makeCalls({ call }: Shown): Promise<void> {
  const token = 'demo-token'
  await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=5', token })
  await call({ method: 'PUT', url: `${pathOf(FIRST)}/activate`, token, body: { data: { my_own: 'field' } } })
  await call({ method: 'PUT', url: `${NUMBERS}/${SECOND}/activate`, token })
  await call({ method: 'GET', url: '/v2/nothing/here', token })
}

const rowsOf = ({ page }: Shown) => page.locator('.rows .row.request')

/** The row of a request. */
const rowOf = ({ page }: Shown, id: number) => page.locator(`.rows .row.request[data-id="${id}"]`)

/** The outcomes in the order in which a person sees them. */
async function outcomesOf(shown: Shown): Promise<string[]> {
  const rows = await rowsOf(shown).all()
  const seen = await Promise.all(
    rows.map(async (row) => ({
      place: Number(await row.getAttribute('aria-rowindex')),
      text: await row.locator('.outcome').innerText()
    }))
  )
  return seen.sort((one, other) => one.place - other.place).map(({ text }) => text)
}

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

t.test('A request without a token is copied without one', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.open()
  await shown.call({ method: 'GET', url: NUMBERS, token: '', headers: { authorization: 'Bearer undefined' } })
  await rowOf(shown, 1).click()
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  const copied = String(await page.evaluate('navigator.clipboard.readText()'))
  t.match(copied, "-H 'x-auth-token;'")
  t.match(copied, "-H 'authorization: Bearer undefined'")
})

t.test('A person sees what the client does', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.open()
  await makeCalls(shown)

  await t.test('as it happens, the latest first', async (t) => {
    await rowsOf(shown).nth(3).waitFor()
    t.strictSame(await outcomesOf(shown), ['no route', 'buy.success', 'buy.success', 'search.success'])
    t.match(await rowOf(shown, 4).innerText(), /unmatched/)
    t.match(await rowOf(shown, 3).innerText(), /1 warning/)
    t.equal(await rowOf(shown, 3).locator('.outcome').getAttribute('title'), 'buy.success', 'whole on hover')
  })
  await t.test('whole, with what it changed, and a link to it', async (t) => {
    await rowOf(shown, 2).click()
    await page.locator('.detail h2').waitFor()
    t.match(page.url(), /#\/requests\/2$/)
    const text = await page.locator('.detail').innerText()
    t.match(text, /buy\.success/)
    t.match(text, /my_own: "field"/)
    t.match(text, /\+14152338397 no record → in_service/)
    await page.goBack()
    await page.locator('.detail').waitFor({ state: 'hidden' })
  })
  await t.test('with the advice for what differs from the document', async (t) => {
    await rowOf(shown, 3).click()
    await page.locator('.advice').waitFor()
    t.match(await page.locator('.advice').innerText(), /unencoded_plus[\s\S]*URL-encode the number/)
  })
  await t.test('and copies the request as curl, with the token as a variable', async (t) => {
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    const copied = String(await page.evaluate('navigator.clipboard.readText()'))
    t.match(copied, `curl -X PUT '${shown.url}${NUMBERS}/${SECOND}/activate'`)
    t.match(copied, '-H "x-auth-token: $TOKEN"')
    t.notMatch(copied, 'demo-token')
  })
  await t.test('and copies its headers', async (t) => {
    await page.getByText('Request headers').click()
    await page.locator('details.section', { hasText: 'Request headers' }).getByRole('button', { name: 'Copy' }).click()
    t.match(await page.evaluate('navigator.clipboard.readText()'), /^x-auth-token: \[redacted\]$/m)
  })
  await t.test('and copies the assertion for a test', async (t) => {
    await page.getByRole('button', { name: 'Copy as test' }).click()
    t.match(
      await page.evaluate('navigator.clipboard.readText()'),
      /requests\.verify\(\{\s+operation: 'buy',\s+outcome: 'success'/
    )
  })
  await t.test('and makes it fail next time', async (t) => {
    await page.getByRole('button', { name: 'Make this fail next time' }).click()
    await page.getByRole('dialog').getByLabel('Outcome').selectOption('carrier_fault')
    await page.getByRole('button', { name: 'Add the rule' }).click()
    await page.locator('dialog').waitFor({ state: 'detached' })
    const { status } = await shown.call({
      method: 'PUT',
      url: `${pathOf('+14152338422')}/activate`,
      token: 'demo-token'
    })
    t.equal(status, 500)
  })
  await t.test('and filters by text, outcome and kind', async (t) => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('nothing/here')
    await page.getByText(/^1 of 5 requests$/).waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.getByLabel('Outcome', { exact: true }).selectOption('carrier_fault')
    await page.getByText(/^1 of 5 requests$/).waitFor()
    await rowsOf(shown).nth(1).waitFor({ state: 'detached' })
    t.equal(await rowsOf(shown).locator('.badge.fault').count(), 1)
    await page.getByLabel('Outcome', { exact: true }).selectOption('')
    for (const [label, value] of [
      ['Operation', 'search'],
      ['Status', '5xx']
    ] as const) {
      await page.getByLabel(label, { exact: true }).selectOption(value)
      await page.getByText(/^1 of 5 requests$/).waitFor()
      await page.getByLabel(label, { exact: true }).selectOption('')
      await page.getByText(/^5 requests$/).waitFor()
    }
    for (const [label, count] of [
      ['Warnings', 2],
      ['Unmatched', 1]
    ] as const) {
      await page.getByLabel(label).check()
      t.equal(await page.locator('.summary').innerText(), `${count} of 5 requests`, label)
      await page.getByLabel(label).uncheck()
      await page.getByText(/^5 requests$/).waitFor()
    }
  })
  await t.test('and exports them as HAR', async (t) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'HAR' }).click()
    t.equal((await download).suggestedFilename(), 'default.har')
  })
  await t.test('and pauses the list', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await shown.call({ method: 'GET', url: NUMBERS, token: 'demo-token' })
    await page.getByText('paused: 1 new').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText(/^6 requests$/).waitFor()
  })
  await t.test('and moves by the keyboard', async (t) => {
    for (const place of ['#main', '.windowed']) {
      await page.locator(place).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**#/requests/6')
      await page.keyboard.press('Escape')
      await page.waitForURL('**#/requests')
    }
    await page.keyboard.press('j')
    await page.waitForURL('**#/requests/6')
    await page.keyboard.press('j')
    await page.waitForURL('**#/requests/5')
    await page.keyboard.press('k')
    await page.waitForURL('**#/requests/6')
    await page.keyboard.press('Escape')
    await page.waitForURL('**#/requests')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('2')
    await page.waitForURL('**#/numbers')
    t.strictSame(shown.complaints, [])
  })
  await t.test('and clears the journal', async (t) => {
    await page.keyboard.press('1')
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click()
    await page.locator('.empty').waitFor()
    t.match((await shown.call({ method: 'GET', url: '/__admin/requests' })).body, { meta: { total: 0 } })
  })
})

t.test('Requests that arrive while the page reads the journal stay', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const search = () => shown.call({ method: 'GET', url: '/v2/phone_numbers?prefix=415', token: 'demo-token' })
  await search()
  await shown.open()
  await shown.page.getByText(/^1 request$/).waitFor()
  await shown.page.route('**/__admin/requests?limit=1000', async (route) => {
    await search()
    await shown.page.getByText(/^2 requests$/).waitFor()
    const response = await route.fetch()
    await search()
    await shown.page.getByText(/^3 requests$/).waitFor()
    await route.fulfill({ response })
    await search()
  })
  shown.sandbox.events.close()
  await shown.page.getByText(/^4 requests$/).waitFor()
  t.strictSame(await outcomesOf(shown), Array(4).fill('search.success'), 'each once')
})

t.test('A person looks at the numbers', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t, { agingSeconds: 60 })
  const { page } = shown
  await makeCalls(shown)
  await shown.call({ method: 'DELETE', url: pathOf(FIRST), token: 'demo-token' })
  await shown.open('#/numbers')

  await t.test('with the state machine and its counts', async (t) => {
    await page.getByRole('button', { name: /^aging\s*1$/ }).waitFor()
    t.equal(await page.locator('.machine-svg .node').count(), 10)
    t.equal(await page.locator('.machine-svg .edge.walked').count(), 0)
  })
  await t.test('of one state, or with a prefix', async () => {
    await page.getByRole('button', { name: /^aging\s*1$/ }).click()
    await page.getByText(/^1 number$/).waitFor()
    await page.getByRole('button', { name: /^aging\s*1$/ }).click()
    await page.getByLabel('Search by prefix').fill('+1415523')
    await page.getByText(/^1 number$/).waitFor()
    await page.getByLabel('Search by prefix').fill('')
  })
  await t.test('and follows one through its states, and ends what it waits for', async (t) => {
    await page.locator(`[data-id="${FIRST}"]`).click()
    await page.getByText('aging waits until').waitFor()
    t.equal(await page.locator('.machine-svg .edge.walked').count(), 2)
    await page.getByRole('button', { name: 'Release now' }).click()
    await page.locator('.detail .facts').getByText('available').waitFor()
    t.strictSame(shown.complaints, [])
  })
  await t.test('as the client changes them', async () => {
    await shown.call({ method: 'PUT', url: `${pathOf(FIRST)}/activate`, token: 'demo-token' })
    await page.locator('.detail .facts').getByText('in_service').waitFor()
  })
  await t.test('that is not there', async (t) => {
    await shown.open('#/numbers/%2B14150000000')
    t.match(await page.locator('.detail .empty').innerText(), /there is no number/i)
  })
})

t.test('A person sees the addresses that were sent', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.open('#/e911')
  t.match(await page.locator('.empty').innerText(), /No address has been sent yet/)
  await makeCalls(shown)
  const e911 = { ...ADDRESS, street_address: '911 MULTIPLE TEST ST' }
  await shown.call({ method: 'POST', url: pathOf(FIRST), token: 'demo-token', body: { data: { e911 } } })
  await page.locator('.card table').waitFor()
  t.match(await page.locator('.card table').innerText(), /Choice 1\s+Choice 2/)
  const street = page.locator('tr', { hasText: 'street_address' })
  t.strictSame(await street.locator('td.differs').allInnerTexts(), Array(2).fill('911 PROVISIONED TEST ST'))
  t.equal(await page.locator('tr', { hasText: 'locality' }).locator('td.differs').count(), 0)
  const documented = { ...ADDRESS, street_address: '116 NATOMA ST' }
  await shown.call({ method: 'POST', url: pathOf(FIRST), token: 'demo-token', body: { data: { e911: documented } } })
  await page.getByRole('heading', { name: 'Stored' }).waitFor()
  t.match(await page.locator('.card').innerText(), /latitude\s+37\.\d+[^]*legacy_data\s+\{/)
  await page.getByText('1 earlier try').click()
  await shown.call({ method: 'POST', url: pathOf(SECOND), token: 'demo-token', body: { data: { e911 } } })
  await page.locator('.card table').waitFor()
  t.ok(await page.locator('.changes').isVisible(), 'earlier tries stay shown when another address arrives')
  await page.getByText('1 earlier try').click()
  await shown.call({ method: 'POST', url: pathOf(SECOND), token: 'demo-token', body: { data: { e911: documented } } })
  await page.getByText('1 earlier try').nth(1).waitFor()
  t.equal(await page.locator('.changes:visible').count(), 0, 'and hidden once they are hidden')
})

t.test('A person makes requests fail', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.open('#/faults')
  await page.getByLabel('Operation').selectOption('search')
  await page.getByLabel('Outcome').selectOption('outcome datastore_unreachable')
  await page.getByLabel('Times').fill('2')
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await page.getByText('2 of 2 left').waitFor()
  t.equal((await shown.call({ method: 'GET', url: '/v2/phone_numbers?prefix=415' })).status, 503)
  await page.getByText('1 of 2 left').waitFor()
  await page.getByRole('textbox', { name: 'Number' }).fill('no number')
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await page.getByText(/\/number/).waitFor()
  await page.getByRole('button', { name: /^Remove/ }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('No rule:').waitFor()
  const text = await page.locator('main').innerText()
  t.match(text, /\+15005550503/)
  t.notMatch(text, '`')
})

t.test('A person moves the clock', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t, { clock: Date.parse('2026-01-01T00:00:00Z'), agingSeconds: 3600 })
  const { page } = shown
  await makeCalls(shown)
  await shown.call({ method: 'DELETE', url: pathOf(FIRST), token: 'demo-token' })
  await shown.open('#/clock')
  await page.getByText('2026-01-01 00:00:00 UTC').waitFor()
  await page.getByText(FIRST).waitFor()
  await page.getByRole('button', { name: '+1 h' }).click()
  await page.getByText('2026-01-01 01:00:00 UTC').waitFor()
  await page.getByText('Nothing waits.').waitFor()
  await page.getByLabel('Set the clock to (UTC)').fill('2027-05-06T07:08:09')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await page.getByText('2027-05-06 07:08:09 UTC').waitFor()
  await page.getByRole('button', { name: '×60', exact: true }).click()
  await page.getByText('Runs 60 times as fast as real time').waitFor()
  await page.getByRole('button', { name: 'Freeze' }).click()
  await page.getByText('Frozen').waitFor()
  t.strictSame(shown.complaints, [])
})

t.test('A person sees the coverage, and downloads the report', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await makeCalls(shown)
  await shown.open('#/coverage')
  await page.getByText('2 of 14 documented outcomes seen').waitFor()
  t.match(await page.locator('main').innerText(), /unencoded_plus/)
  for (const [label, name] of [
    ['HTML', 'contract.html'],
    ['JUnit', 'contract.xml'],
    ['Markdown', 'contract.md']
  ] as const) {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: label }).click()
    t.equal((await download).suggestedFilename(), name)
  }
  await page.getByRole('button', { name: 'Begin a new report' }).click()
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  await page.getByText('0 of 14 documented outcomes seen').waitFor()
})

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

t.test('The page has no serious finding of axe, in either theme and width', { skip: NO_BROWSER }, async (t) => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360]
  ] as const) {
    const shown = await inspectorFor(t, {}, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true })
    await makeCalls(shown)
    for (const hash of ['#/requests', '#/requests/3', '#/numbers', '#/e911', '#/faults', '#/clock', '#/coverage']) {
      await shown.open(hash)
      await shown.page.locator('main > .pane').waitFor()
      await shown.page.evaluate(axe)
      const { violations } = await shown.page.evaluate<{
        violations: { id: string; impact: string; nodes: { html: string }[] }[]
      }>('axe.run(document)')
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      t.strictSame(
        serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
        [],
        `${hash} ${colorScheme} ${width}`
      )
    }
  }
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
