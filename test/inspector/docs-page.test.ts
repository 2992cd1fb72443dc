/** The page of the descriptions, in a real browser. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { packageRoot } from '../../src/package.js'
import { inspectorFor, NO_BROWSER, type Shown } from './browser.js'

async function openDocs({ page, url }: Shown, path = ''): Promise<void> {
  await page.goto(`${url}/docs${path}`)
  await page.locator('.opblock').first().waitFor()
}

const BACKGROUNDS = { light: 'rgb(255, 255, 255)', dark: 'rgb(20, 25, 29)' }

/** Checks that a page that is 360 pixels wide has the colours of the browser, and no part beyond its edge. */
async function checkLook(t: Test, { page }: Shown, scheme: keyof typeof BACKGROUNDS): Promise<void> {
  const backgrounds = await page.evaluate<string[]>(
    "['body', '.swagger-ui'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)"
  )
  t.strictSame(backgrounds, [BACKGROUNDS[scheme], BACKGROUNDS[scheme]], scheme)
  t.equal(await page.locator('html.dark-mode').count(), scheme === 'dark' ? 1 : 0, 'Swagger UI knows it')
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, `${scheme}: the width`)
}

t.test('A person reads the documentation', { skip: NO_BROWSER }, async (t) => {
  const shown = await inspectorFor(t)
  const { page } = shown
  const missing: string[] = []
  page.on('response', (response) => response.status() >= 400 && missing.push(response.url()))

  await t.test('of the API and of the admin API on a telephone, light or dark as the browser is', async (t) => {
    await page.setViewportSize({ width: 360, height: 800 })
    await openDocs(shown)
    t.match(await page.locator('.info .title').innerText(), /^Phone Number API, emulated/)
    await checkLook(t, shown, 'light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('link', { name: 'Admin API' }).click()
    await page.getByText('Add a fault rule').waitFor()
    t.match(await page.locator('nav [aria-current]').innerText(), 'Admin API')
    await checkLook(t, shown, 'dark')
  })
  await t.test('and goes to the inspector and back', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.getByRole('link', { name: 'Inspector' }).click()
    await page.waitForURL('**/__admin/ui/')
    await page.getByRole('link', { name: 'API docs' }).click()
    await page.waitForURL('**/docs')
  })
  await t.test('and buys the number of a search, with the token that the page names', async (t) => {
    await page.getByRole('button', { name: 'Authorize' }).click()
    const token = page.locator('.auth-container')
    await token.getByRole('textbox').fill('demo-token')
    await token.getByRole('button', { name: 'Apply credentials' }).click()
    await token.getByRole('button', { name: 'Close' }).click()
    for (const [operation, status] of [
      ['search', '200'],
      ['buy', '201']
    ] as const) {
      const call = page.locator(`.opblock[id$="-${operation}"]`)
      await call.locator('.opblock-summary-control').click()
      await call.getByRole('button', { name: 'Try it out' }).click()
      await call.getByRole('button', { name: 'Execute' }).click()
      t.equal(await call.locator('.live-responses-table tbody .response-col_status').innerText(), status, operation)
    }
  })
  await t.test('by a link to one call, and tries it', async (t) => {
    await page.goto('about:blank')
    await openDocs(shown, '?api=admin#/Faults/addFault')
    const call = page.locator('.opblock.is-open')
    await call.getByRole('button', { name: 'Try it out' }).click()
    await call.getByRole('button', { name: 'Execute' }).click()
    await call.getByText('"hits": 0').last().waitFor()
    t.match((await shown.call({ method: 'GET', url: '/__admin/faults' })).body, {
      faults: [{ operation: 'buy', outcome: 'carrier_fault' }]
    })
  })
  t.strictSame([shown.complaints, missing], [[], []], 'the policy of the page lets all of it through')
})

t.test(
  'The documentation of an admin API with a token says where to give it, and uses it',
  { skip: NO_BROWSER },
  async (t) => {
    const { page, url } = await inspectorFor(t, { adminToken: 'secret' })
    await page.goto(`${url}/docs?api=admin`)
    await page.locator('#refusal').waitFor()
    t.equal(await page.locator('#swagger-ui').isVisible(), false, 'no error beside it')
    await page.locator('#refusal').getByRole('link', { name: 'The inspector' }).click()
    await page.getByRole('textbox', { name: 'Admin token' }).fill('secret')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForSelector('#connection[data-state="live"]')
    await page.goto(`${url}/docs?api=admin`)
    await page.getByText('Add a fault rule').waitFor()
    t.equal(await page.locator('#refusal').isVisible(), false)
  }
)

/** The custom properties of a style, light and dark. */
function coloursOf(path: string): string[] {
  return [...readFileSync(join(packageRoot(), path), 'utf8').matchAll(/--[a-z-]+: light-dark\(.*?\)/g)].map(
    ([one]) => one
  )
}

t.test('The pages have one set of colours', async (t) => {
  const colours = coloursOf('src/inspector/inspector.css')
  t.ok(colours.length > 10)
  t.strictSame(coloursOf('src/docs-page/docs.css'), colours)
})
