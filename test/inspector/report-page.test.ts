/** The contract report as a page, in a real browser. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/package.js'
import { inspectorFor, NO_BROWSER, type Shown } from './browser.js'

const MARKUP = '<img src=x onerror="document.title=1">'

/** A search, a warning, and a path without a route that looks like markup. */
async function makeCalls({ call }: Shown, sandbox = ''): Promise<void> {
  const token = 'demo-token'
  await call({ method: 'GET', url: `${sandbox}/v2/phone_numbers?prefix=415&quantity=2`, token })
  await call({ method: 'PUT', url: `${sandbox}/v2/accounts/nobody/phone_numbers/+14152338397/activate`, token })
  await call({ method: 'GET', url: `${sandbox}/v2/${encodeURIComponent(MARKUP)}`, token })
}

t.test('A person opens the report of a sandbox in a tab of its own', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page, url } = shown
  for (const [sandbox, query] of [
    ['', ''],
    ['/sandboxes/checkout', '?sandbox=checkout']
  ] as const) {
    await makeCalls(shown, sandbox)
    await page.goto(`${url}/__admin/ui/${query}#/coverage`)
    const opened = page.waitForEvent('popup')
    await page.getByRole('link', { name: 'Open' }).click()
    const report = await opened
    await report.getByRole('heading', { name: 'Contract report' }).waitFor()
    t.equal(new URL(report.url()).pathname, `${sandbox}/__admin/contract`)
    t.match(await report.locator('main').innerText(), /1 of 14 documented outcomes seen/)
    t.equal(await report.locator('main img').count(), 0, 'what a client sends is text')
    await report.close()
  }
})

t.test('A token fits no link, so the report is a download then', { skip: NO_BROWSER }, async (t) => {
  const { page, url } = await inspectorFor(t, { adminToken: 'secret' })
  await page.goto(`${url}/__admin/ui/#/coverage`)
  await page.getByRole('textbox', { name: 'Admin token' }).fill('secret')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.locator('.coverage').waitFor()
  t.equal(await page.getByRole('link', { name: 'Open' }).count(), 0)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'HTML' }).click()
  t.equal((await download).suggestedFilename(), 'contract.html')
})

t.test('The report is light or dark as the browser is, and fits a telephone', { skip: NO_BROWSER }, async (t) => {
  for (const [colorScheme, colour] of [
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(20, 25, 29)']
  ] as const) {
    const shown = await inspectorFor(t, {}, { colorScheme, viewport: { width: 360, height: 800 } })
    await makeCalls(shown)
    await shown.page.goto(`${shown.url}/__admin/contract?format=html`)
    t.equal(await shown.page.evaluate('getComputedStyle(document.body).backgroundColor'), colour)
    t.equal(await shown.page.evaluate('document.documentElement.scrollWidth'), 360)
    t.strictSame(shown.complaints, [], 'it loads nothing')
    await shown.page.emulateMedia({ media: 'print' })
    t.equal(await shown.page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)', 'paper')
  }
})

t.test('The report has the colours of the inspector', async (t) => {
  const coloursOf = (path: string) =>
    [...readFileSync(join(packageRoot(), path), 'utf8').matchAll(/--[a-z-]+: light-dark\(.*?\)/g)].map(([one]) => one)
  const colours = coloursOf('src/inspector/inspector.css')
  const own = coloursOf('src/contract/reports/html.ts')
  t.ok(own.length > 6)
  t.strictSame(
    own.filter((one) => !colours.includes(one)),
    []
  )
})
