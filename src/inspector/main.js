import { get, sandboxPath } from './api.js'
import { clockPane } from './clock.js'
import { coveragePane } from './coverage.js'
import { fill, h, icon, notify, openDialog, pairs, soon } from './dom.js'
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
let shown = 'requests'

/** What the panes share. */
const context = {
	accounts: () => accounts,
	accountName: (id) => accounts.find((one) => one.id === id)?.name ?? id ?? 'no account',
	/** Where clients call the API of this sandbox. */
	apiUrl() {
		const origin = apiPort === undefined ? location.origin : `${location.protocol}//${location.hostname}:${apiPort}`
		return origin + sandboxPath()
	},
	outcomes: () => (outcomes ??= get('outcomes')),
	/** The outcomes by which an operation fails; without one, those that every operation has. */
	async failuresOf(operation) {
		const { operations, anywhere } = await context.outcomes()
		const { outcomes } = operations.find(({ name }) => name === operation) ?? { outcomes: anywhere }
		return outcomes.filter(({ status }) => status !== 'success')
	}
}

const byId = (id) => document.getElementById(id)
const main = byId('main')
const connection = byId('connection')
const panes = new Map(PANES.map(([name, , make]) => [name, make(context)]))
const current = () => panes.get(shown)
const reload = () => current().load()
const reloadSoon = soon(reload)
const bar = sandboxBar({ reload })

byId('sandbox').append(bar.element)
fill(
	byId('nav'),
	PANES.map(([name, label]) => h('a', { href: `#/${name}`, 'data-pane': name }, icon(name), h('span', label)))
)

/** Shows the pane that the address names, and what is opened in it. */
async function route() {
	const [, name, ...rest] = location.hash.split('/')
	shown = panes.has(name) ? name : 'requests'
	if (main.lastChild !== current().element) {
		const [, title] = PANES.find(([one]) => one === shown)
		fill(main, h('h1.hidden', title), current().element)
		for (const link of document.querySelectorAll('#nav a'))
			link.ariaCurrent = link.dataset.pane === shown ? 'page' : null
		document.title = `${title} · oneuc-emulator`
	}
	await current().show(rest)
}

function showConnection(state, why = 'The emulator has stopped. Waiting for it…') {
	connection.dataset.state = state
	const text = state === 'live' ? state : why
	if (connection.textContent !== text) connection.textContent = text
}

function showKeys() {
	openDialog('Keys', pairs(KEYS.map(([key, what]) => [h('kbd', key), what])))
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
	const key = (event.target.closest('.windowed') && { ArrowDown: 'j', ArrowUp: 'k' }[event.key]) ?? event.key
	const act = {
		'/': () => main.querySelector('[data-search]')?.focus(),
		'?': showKeys,
		j: () => current().move?.(1),
		k: () => current().move?.(-1),
		Enter: () => event.target.closest('a, button, summary, .node') === null && current().move?.(0)
	}[key]
	const pane = PANES[Number(event.key) - 1]
	if (act === undefined && pane === undefined) return
	if (event.key !== 'Enter') event.preventDefault()
	if (act !== undefined) act()
	else location.hash = `#/${pane[0]}`
}

document.addEventListener('keydown', onKey)
// A call that fails is told in the page.
addEventListener('unhandledrejection', ({ reason }) => notify(reason.message, true))
addEventListener('hashchange', route)
setInterval(() => {
	refreshTimes()
	current().tick?.()
}, TICK_MS)
setInterval(() => connection.dataset.state === 'live' && bar.load().catch(() => undefined), SANDBOXES_MS)
byId('keys').addEventListener('click', showKeys)

void listen(
	(type, data) => {
		panes.get('requests').onEvent(type, data)
		if (current().reloadsOn?.includes(type)) reloadSoon()
	},
	(state, why) => {
		showConnection(state, why)
		if (state === 'live') void start()
	}
)

/** Reads everything anew: at the start, and after the emulator has come back. */
async function start() {
	accounts = (await get('accounts')).accounts
	apiPort = await bar.load()
	await panes.get('requests').load()
	await route()
}
