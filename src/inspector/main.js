import { currentSandbox, get } from './api.js'
import { clockPane } from './clock.js'
import { coveragePane } from './coverage.js'
import { fill, h, icon, notify, openDialog, pairs } from './dom.js'
import { e911Pane } from './e911.js'
import { faultsPane } from './faults.js'
import { refreshTimes } from './format.js'
import { listen } from './live.js'
import { numbersPane } from './numbers.js'
import { requestsPane } from './requests.js'
import { sandboxBar } from './sandbox-bar.js'

const TICK_MS = 1000
const SANDBOXES_MS = 5000

const PANES = [
	['requests', 'Requests', requestsPane],
	['numbers', 'Numbers', numbersPane],
	['e911', 'E911', e911Pane],
	['faults', 'Faults', faultsPane],
	['clock', 'Clock', clockPane],
	['coverage', 'Coverage', coveragePane]
]

const KEYS = [
	['/', 'Search'],
	['j  k', 'Next and previous row'],
	['Enter', 'Open the row'],
	['Esc', 'Close what is open'],
	['1 – 6', 'Switch panes'],
	['?', 'This help']
]

let accounts = []
let apiPort
let outcomes

/** What the panes share. */
const context = {
	accounts: () => accounts,
	accountName: (id) => accounts.find((one) => one.id === id)?.name ?? id ?? 'no account',
	/** Where clients call the API of this sandbox. */
	apiUrl() {
		const origin = apiPort === undefined ? location.origin : `${location.protocol}//${location.hostname}:${apiPort}`
		return currentSandbox() === 'default' ? origin : `${origin}/sandboxes/${currentSandbox()}`
	},
	outcomes: () => (outcomes ??= get('outcomes'))
}

const main = document.getElementById('main')
const connection = document.getElementById('connection')
const panes = new Map(PANES.map(([name, , make]) => [name, make(context)]))
const bar = sandboxBar({ reload: () => current().load() })
let shown

document.getElementById('sandbox').append(bar.element)
fill(
	document.getElementById('nav'),
	PANES.map(([name, label]) => h('a', { href: `#/${name}`, 'data-pane': name }, icon(name), h('span', label)))
)

const current = () => panes.get(shown) ?? panes.get('requests')

/** Shows the pane that the address names, and what is opened in it. */
async function route() {
	const [, name = 'requests', ...rest] = location.hash.split('/')
	const pane = panes.get(name) ?? panes.get('requests')
	if (shown !== name) {
		shown = panes.has(name) ? name : 'requests'
		fill(main, pane.element)
		for (const link of document.querySelectorAll('#nav a')) {
			if (link.dataset.pane === shown) link.setAttribute('aria-current', 'page')
			else link.removeAttribute('aria-current')
		}
		document.title = `${PANES.find(([one]) => one === shown)[1]} · oneuc-emulator`
	}
	await pane.show(rest)
}

function showConnection(state) {
	if (connection.dataset.state === state) return
	connection.dataset.state = state
	connection.textContent = state === 'live' ? 'live' : 'The emulator has stopped. Waiting for it…'
}

/** Tells failures of calls in the page, instead of only in the console. */
async function attempt(work) {
	try {
		await work()
	} catch (error) {
		notify(error.message, true)
	}
}

async function loadSettings() {
	const [{ accounts: all }, { api_port }] = await Promise.all([get('accounts'), get('sandboxes')])
	accounts = all
	apiPort = api_port
	await bar.load()
}

function showKeys() {
	openDialog('Keys', [pairs(KEYS.map(([key, what]) => [h('kbd', key), what]))], [])
}

function onKey(event) {
	if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return
	const isTyping = event.target.matches('input, select, textarea')
	if (event.key === 'Escape') {
		if (isTyping) event.target.blur()
		else current().close?.()
		return
	}
	if (isTyping) return
	const act = {
		'/': () => main.querySelector('[data-search]')?.focus(),
		'?': showKeys,
		j: () => current().move?.(1),
		k: () => current().move?.(-1),
		Enter: () => event.target === document.body && current().move?.(0)
	}[event.key]
	const pane = PANES[Number(event.key) - 1]
	if (act === undefined && pane === undefined) return
	if (event.key !== 'Enter') event.preventDefault()
	if (act !== undefined) act()
	else location.hash = `#/${pane[0]}`
}

document.addEventListener('keydown', onKey)
addEventListener('unhandledrejection', ({ reason }) => notify(reason.message, true))
addEventListener('hashchange', () => attempt(route))
setInterval(() => {
	refreshTimes()
	current().tick?.()
}, TICK_MS)
setInterval(() => connection.dataset.state === 'live' && bar.load().catch(() => undefined), SANDBOXES_MS)
document.getElementById('keys').addEventListener('click', showKeys)

void listen(
	(type, data) => {
		for (const [name, pane] of panes) if (name === 'requests' || name === shown) pane.onEvent?.(type, data)
	},
	(state) => {
		showConnection(state)
		if (state === 'live') void attempt(start)
	}
)

/** Reads everything anew: at the start, and after the emulator has come back. */
async function start() {
	await loadSettings()
	await panes.get('requests').load()
	await route()
}
