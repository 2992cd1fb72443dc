/** What the page shows of answers that the client did not get, in a real browser. */
import t from 'tap'
import { buy, FIRST, search, SECOND } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER } from './browser.js'

const CASES = [
  { title: 'by another outcome', rule: { outcome: 'carrier_fault' }, name: 'carrier_fault', saw: 'carrier_fault' },
  {
    title: 'by a reset',
    rule: { fault: 'CONNECTION_RESET_BY_PEER' },
    name: 'CONNECTION_RESET_BY_PEER',
    saw: 'no outcome'
  }
] as const

t.test('A person sees that an operation was carried out and its answer lost', { skip: NO_BROWSER }, async (t) => {
  for (const { title, rule, name, saw } of CASES) {
    const shown = await inspectorFor(t)
    const body = { ...rule, operation: 'buy', phase: 'after', times: 1 }
    await shown.call({ method: 'POST', url: '/__admin/faults', body })
    await shown.call(search('415', 5))
    await shown.call(buy(FIRST)).catch(() => undefined)
    await shown.call(buy(SECOND))
    await shown.open('#/requests/2')
    const facts = await shown.page.locator('.detail .facts').innerText()
    t.match(facts, /Outcome\s+buy\.success/, title)
    t.match(facts, new RegExp(`Fault\\s+${name} once it is carried out\\s+Client saw\\s+${saw}`), title)
    t.match(await shown.page.locator('.detail .changes').innerText(), /no record → in_service/, title)
    await shown.page.locator('.row[data-id="2"]').getByText('answer lost').waitFor()
    await shown.open('#/requests/3')
    await shown.page.locator('.detail[data-id="3"] .facts').waitFor()
    t.notMatch(await shown.page.locator('.detail').innerText(), /Client saw|Fault/, title)
    t.equal(await shown.page.locator('.row[data-id="3"]').getByText('answer lost').count(), 0, title)
    t.strictSame(shown.complaints, [])
  }
})

t.test('A person makes the answer to the next purchase get lost', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.call(search('415', 5))
  await shown.open('#/requests')
  await shown.call(buy(FIRST))
  await page.locator('.row[data-id="2"]').click()
  await page.getByRole('button', { name: 'Make this fail next time' }).click()
  await page.getByRole('dialog').getByLabel('Outcome').selectOption('carrier_fault')
  await page.getByRole('dialog').getByLabel('Phase').selectOption('after')
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  t.equal((await shown.call(buy(SECOND))).status, 500)
  t.equal(shown.find(SECOND)?.state, 'in_service')
})

t.test('A person copies a body as it was sent', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  await shown.call({ ...buy(FIRST), body: { data: { my_own: ['field', 1] } } })
  await shown.open('#/requests/1')
  const section = page.locator('.section', { hasText: 'Request body' })
  await section.getByRole('button', { name: 'Copy' }).click()
  t.equal(await page.evaluate('navigator.clipboard.readText()'), '{"data":{"my_own":["field",1]}}')
})
