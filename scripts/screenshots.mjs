// Takes the pictures of the inspector that the documentation shows, into `docs/images/`. It starts the built program, makes some
// calls as a client would, and looks at every pane in a browser: Debian's chromium, or the one that CHROMIUM names.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const ROOT = join(import.meta.dirname, '..')
const IMAGES = join(ROOT, 'docs', 'images')
const SIZE = { width: 1280, height: 800 }
const SETTLE_MS = 1000

const NUMBERS = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers'
const path = (number) => `${NUMBERS}/${encodeURIComponent(number)}`
const [FIRST, SECOND, THIRD] = ['+14152338397', '+14152338421', '+14152338422']
const E911 = { caller_name: 'Ann', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }
const address = (street_address) => ({ data: { e911: { ...E911, street_address } } })

/** What the client of the pictures does: method, path, body. */
const CALLS = [
  ['GET', '/v2/phone_numbers?prefix=415&quantity=5'],
  ['PUT', `${path(FIRST)}/activate`, { data: {} }],
  ['POST', path(FIRST), address('116 NATOMA ST')],
  ['PUT', `${path(SECOND)}/activate`, { data: {} }],
  ['POST', path(SECOND), address('911 INVALID TEST ST')],
  ['POST', path(SECOND), address('911 MULTIPLE TEST ST')],
  ['GET', `${NUMBERS}?page_size=10`],
  ['GET', `/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_number`],
  ['PUT', `${NUMBERS}/${THIRD}/activate`, { data: {} }],
  ['DELETE', path(FIRST)],
  ['GET', path(FIRST)]
]

/** The calls of the admin API before them, and after them. */
const BEFORE = [
  ['PUT', '/__admin/clock', { now: '2026-01-01T09:00:00Z', rate: 1 }],
  ['PUT', '/__admin/timing', { aging: { after_seconds: 3600 } }]
]
const AFTER = [
  ['POST', '/__admin/faults', { operation: 'buy', outcome: 'carrier_fault', times: 3 }],
  ['POST', '/__admin/faults', { operation: 'search', status: 503, delay_ms: 250 }],
  ['GET', '/v2/phone_numbers?prefix=212&quantity=2']
]

/** The pictures: the name of the file, the place in the inspector, the theme. */
const PICTURES = [
  ['requests', '#/requests/9', 'light'],
  ['requests-dark', '#/requests/9', 'dark'],
  ['numbers', `#/numbers/${encodeURIComponent(FIRST)}`, 'light'],
  ['e911', '#/e911', 'light'],
  ['faults', '#/faults', 'light'],
  ['clock', '#/clock', 'dark'],
  ['coverage', '#/coverage', 'light']
]

const program = spawn(
  process.execPath,
  [join(ROOT, 'dist', 'oneuc-emulator.js'), '--port', '0', '--random-seed', '1'],
  {
    stdio: ['ignore', 'pipe', 'inherit']
  }
)
try {
  const [line] = await once(program.stdout, 'data')
  const url = String(line).trim().split(' ').at(-1)
  for (const [method, target, body] of [...BEFORE, ...CALLS, ...AFTER]) {
    await fetch(url + target, {
      method,
      headers: { 'content-type': 'application/json', 'x-auth-token': 'demo-token' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  }
  await takePictures(url)
} finally {
  program.kill()
}

async function takePictures(url) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu']
  })
  try {
    rmSync(IMAGES, { recursive: true, force: true })
    mkdirSync(IMAGES, { recursive: true })
    for (const [name, hash, colorScheme] of PICTURES) {
      const page = await browser.newPage({ colorScheme, viewport: SIZE, reducedMotion: 'reduce' })
      await page.goto(`${url}/__admin/ui/${hash}`)
      await page.waitForSelector('#connection[data-state="live"]')
      // The pane asks the admin API; its stream of events never ends.
      await page.waitForTimeout(SETTLE_MS)
      const file = join(IMAGES, `inspector-${name}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      await page.close()
      console.log(`${file}: ${Math.round(statSync(file).size / 1024)} kB`)
    }
  } finally {
    await browser.close()
  }
}
