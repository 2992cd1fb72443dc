/** The panes of numbers, addresses, faults, clock and coverage, in a real browser. */
import t from 'tap'
import { FIRST, pathOf, SECOND } from '../harness/calls.js'
import { focusOf, inspectorFor, NO_BROWSER, summaryOf } from './browser.js'
import { makeCalls } from './client-calls.js'

const ADDRESS = { caller_name: 'Ann', postal_code: '94105', locality: 'SAN FRANCISCO', region: 'CA' }

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
    await summaryOf(shown, /^1 number$/).waitFor()
    await page.getByRole('button', { name: /^aging\s*1$/ }).click()
    await page.getByLabel('Search by prefix').fill('+1415523')
    await summaryOf(shown, /^1 number$/).waitFor()
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
  await t.test('by the keyboard, whose place stays when the pane is drawn anew', async (t) => {
    for (const [place, name] of [
      [page.getByRole('button', { name: /^reserved/ }), /^reserved/],
      [page.locator('.detail').getByRole('link', { name: 'Close' }), 'Close'],
      [page.locator('.detail').getByRole('link', { name: 'request 2' }), 'request 2'],
      [page.locator(`.row[data-id="${FIRST}"]`), 'Numbers']
    ] as const) {
      await place.focus()
      await page.evaluate('window.drawn = document.querySelector(".machine-svg")')
      await shown.call({ method: 'GET', url: '/v2/nothing/here' })
      while (await page.evaluate('drawn.isConnected'));
      t.match(await focusOf(shown), name)
    }
    await page.getByRole('button', { name: /^reserved/ }).press('Enter')
    await summaryOf(shown, /^1 number$/).waitFor()
    t.match(await page.evaluate('document.activeElement.textContent'), /^reserved/)
    await page.keyboard.press('Enter')
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
