/** What a person has folded or unfolded, in a real browser. */
import t from 'tap'
import { buy, FIRST, pathOf, search, SECOND, TOKEN } from '../harness/calls.js'
import { inspectorFor, NO_BROWSER } from './browser.js'

t.test('A document that a person folds stays so when its number changes', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page, call } = shown
  const deep = { outer: { inner: { note: 'x' }, other: { note: 'y' } } }
  await call(search('415', 5))
  await call({ ...buy(FIRST), body: { data: deep } })
  await call({ ...buy(SECOND), body: { data: deep } })
  await shown.open(`#/numbers/${encodeURIComponent(FIRST)}`)
  const foldsOf = () => page.evaluate('[...document.querySelectorAll(".detail .json details")].map((one) => one.open)')
  const summaries = page.locator('.detail .json summary')
  await summaries.nth(2).click()
  t.strictSame(await foldsOf(), [true, true, false, true])
  await call({ method: 'PATCH', url: pathOf(FIRST), token: TOKEN, body: { data: { outer: { inner: { note: 'z' } } } } })
  await page.getByText('"z"').waitFor({ state: 'attached' })
  t.strictSame(await foldsOf(), [true, true, false, true], 'as it was')
  await page.goto(`${shown.url}/__admin/ui/#/numbers/${encodeURIComponent(SECOND)}`)
  await page.locator(`.detail[data-id="${SECOND}"]`).waitFor()
  t.strictSame(await foldsOf(), [true, true, true, true], 'another one is open')
})
