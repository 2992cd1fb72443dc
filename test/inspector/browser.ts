/** A browser for the tests of pages. Without one, they are left out, in one line. */
import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import root, { type Test } from 'tap'
import type { Settings } from '../../src/settings.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'

/** Where Debian and most others install one. That without windows takes a third less CPU. */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** `CHROMIUM` names another place. */
const EXECUTABLE = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place)) ?? PLACES.join(' or ')

export const NO_BROWSER = existsSync(EXECUTABLE) ? false : `there is no browser at ${EXECUTABLE}`

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/** Nothing here is to fail on a busy machine. */
const TIMEOUT_MS = 60_000

let browser: Promise<Browser> | undefined

root.teardown(async () => {
  await (await browser)?.close()
})

/** A page that shows the inspector of an emulator, and what it has complained about. */
export interface Shown extends Subject {
  page: Page
  url: string
  /** Errors of the console, uncaught exceptions and breaches of the Content-Security-Policy. */
  complaints: string[]
  open: (hash?: string) => Promise<void>
}

export async function inspectorFor(
  t: Test,
  settings: Partial<Settings> = {},
  options: Parameters<Browser['newContext']>[0] = {}
): Promise<Shown> {
  const subject = await emulatorFor(t, settings)
  const url = `http://127.0.0.1:${await subject.listen()}`
  browser ??= chromium.launch({ executablePath: EXECUTABLE, args: FLAGS })
  const context = await (await browser).newContext(options)
  t.teardown(() => context.close())
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  page.setDefaultTimeout(TIMEOUT_MS)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return {
    ...subject,
    page,
    url,
    complaints,
    async open(hash = '') {
      await page.goto(`${url}/__admin/ui/${hash}`)
      await page.waitForSelector('#connection[data-state="live"]')
    }
  }
}

/** The line that says how many rows there are, once it has a text. */
export const summaryOf = ({ page }: Pick<Shown, 'page'>, text: string | RegExp) =>
  page.locator('.summary', { hasText: text })

/** Reads the name of what has the focus. */
export const focusOf = ({ page }: Pick<Shown, 'page'>) =>
  page.evaluate<string>('document.activeElement.ariaLabel ?? document.activeElement.textContent')

/** The rows of the requests that the page shows. */
export const rowsOf = ({ page }: Shown) => page.locator('.rows .row.request')
