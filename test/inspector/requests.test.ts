/** The pane of the requests, in a real browser. */
import t from 'tap'
import { numbersOf, pathOf, SECOND } from '../harness/calls.js'
import { focusOf, inspectorFor, NO_BROWSER, rowsOf, type Shown, summaryOf } from './browser.js'
import { makeCalls } from './client-calls.js'

/** The row of a request. */
const rowOf = ({ page }: Shown, id: number) => page.locator(`.rows .row.request[data-id="${id}"]`)

/** The outcomes in the order of the page, in which a screen reader reads them. */
const outcomesOf = (shown: Shown) => rowsOf(shown).locator('.outcome').allInnerTexts()

t.test('A request without a token is copied without one', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.open()
  await shown.call({ method: 'GET', url: numbersOf(), token: '', headers: { authorization: 'Bearer undefined' } })
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
    t.match(copied, `curl -X PUT '${shown.url}${numbersOf()}/${SECOND}/activate'`)
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
    await summaryOf(shown, /^1 of 5 requests$/).waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.getByLabel('Outcome', { exact: true }).selectOption('carrier_fault')
    await summaryOf(shown, /^1 of 5 requests$/).waitFor()
    await rowsOf(shown).nth(1).waitFor({ state: 'detached' })
    t.equal(await rowsOf(shown).locator('.badge.fault').count(), 1)
    await page.getByLabel('Outcome', { exact: true }).selectOption('')
    for (const [label, value] of [
      ['Operation', 'search'],
      ['Status', '5xx']
    ] as const) {
      await page.getByLabel(label, { exact: true }).selectOption(value)
      await summaryOf(shown, /^1 of 5 requests$/).waitFor()
      await page.getByLabel(label, { exact: true }).selectOption('')
      await summaryOf(shown, /^5 requests$/).waitFor()
    }
    for (const [label, count] of [
      ['Warnings', 2],
      ['Unmatched', 1]
    ] as const) {
      await page.getByLabel(label).check()
      t.equal(await page.locator('.summary').innerText(), `${count} of 5 requests`, label)
      await page.getByLabel(label).uncheck()
      await summaryOf(shown, /^5 requests$/).waitFor()
    }
  })
  await t.test('and exports them as HAR', async (t) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'HAR' }).click()
    t.equal((await download).suggestedFilename(), 'default.har')
  })
  await t.test('and pauses the list', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await shown.call({ method: 'GET', url: numbersOf(), token: 'demo-token' })
    await summaryOf(shown, 'paused: 1 new').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await summaryOf(shown, /^6 requests$/).waitFor()
  })
  await t.test('and moves by the keyboard', async (t) => {
    for (const place of ['#main', '.windowed']) {
      await page.locator(place).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**#/requests/6')
      await page.keyboard.press('Escape')
      await page.waitForURL('**#/requests')
    }
    for (const [place, down, up] of [
      ['#main', 'j', 'k'],
      ['.windowed', 'ArrowDown', 'ArrowUp']
    ] as const) {
      await page.keyboard.press('Escape')
      await page.waitForURL('**#/requests')
      await page.locator(place).focus()
      for (const [key, id] of [
        [down, 6],
        [down, 5],
        [up, 6]
      ] as const) {
        await page.keyboard.press(key)
        await page.waitForURL(`**#/requests/${id}`)
      }
    }
    await rowOf(shown, 6).and(page.locator('[aria-current="true"]')).waitFor()
    await page.locator('.detail[data-id="6"]').waitFor()
    await page.keyboard.press('Tab')
    t.equal(await focusOf(shown), 'Close', 'the list is one stop, however long it is')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await page.waitForURL('**#/requests')
    await page.locator('.detail').waitFor({ state: 'hidden' })
    t.match(await focusOf(shown), /^Requests/, 'closing a request leads back to the list')
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
  await summaryOf(shown, /^1 request$/).waitFor()
  await shown.page.route('**/__admin/requests?limit=1000', async (route) => {
    await search()
    await summaryOf(shown, /^2 requests$/).waitFor()
    const response = await route.fetch()
    await search()
    await summaryOf(shown, /^3 requests$/).waitFor()
    await route.fulfill({ response })
    await search()
  })
  shown.sandbox.events.close()
  await summaryOf(shown, /^4 requests$/).waitFor()
  t.strictSame(await outcomesOf(shown), Array(4).fill('search.success'), 'each once')
})
