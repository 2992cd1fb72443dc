import { get, post } from './api.js'
import {
	button,
	changeElement,
	closeLink,
	fact,
	fill,
	h,
	notify,
	options,
	searchField,
	pairs,
	requestLink,
	soon,
	stateElement
} from './dom.js'
import { bodyElement, instant, jsonElement, plural } from './format.js'
import { stateDiagram } from './state-diagram.js'
import { splitList } from './split.js'

const PAGE = 200

/** The numbers, the state machine with their counts, and one number opened. */
export function numbersPane(context) {
	let rows = []
	let next
	let isLoading = false
	let generation = 0
	const filters = { prefix: '', account: '', state: '' }
	const split = splitList({
		pane: 'numbers',
		kind: 'one-number',
		label: 'Numbers',
		heads: ['Number', 'State', 'Account.grow', 'Used by, features'],
		keyOf: ({ number }) => number,
		cellsOf,
		onEnd: () => next !== undefined && void more()
	})
	const search = searchField('Search by prefix', 'Prefix, such as +1415  ( / )', (text) =>
		filterBy({ prefix: text.replace(/[\s()-]/g, '') })
	)
	const accounts = h('select', { 'aria-label': 'Account', onchange: () => filterBy({ account: accounts.value }) })
	const summary = h('p.summary', { role: 'status' })
	const diagram = h('div.diagram')
	const element = h(
		'div.pane',
		h('div.toolbar', search, accounts, summary),
		h('details.section.machine', { open: true }, h('summary', 'State machine'), diagram),
		split.element
	)
	let machine
	let trail = []

	function cellsOf({ number, state, account, used_by, features }) {
		return [
			['span.number', number],
			['span', stateElement(state)],
			['span.grow', context.accountName(account)],
			['span.quiet', [used_by, ...features].filter(Boolean).join(' · ')]
		]
	}

	function filterBy(change) {
		Object.assign(filters, change)
		void load()
	}

	function query(extra) {
		const values = { limit: PAGE, ...filters, ...extra }
		return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined))
	}

	async function load() {
		const mine = ++generation
		machine ??= await get('states')
		const page = await get(`numbers?${query({})}`)
		if (mine !== generation) return
		rows = page.numbers
		next = page.next_start_key
		drawDiagram(page.counts)
		summary.textContent = plural(page.total, 'number')
		fillAccounts()
		split.show(rows, { redraw: true })
	}

	async function more() {
		if (isLoading) return
		isLoading = true
		const mine = generation
		const page = await get(`numbers?${query({ start_key: next })}`)
		isLoading = false
		if (mine !== generation) return
		rows = [...rows, ...page.numbers]
		next = page.next_start_key
		split.show(rows)
	}

	function drawDiagram(counts) {
		drawDiagram.counts = counts
		fill(
			diagram,
			stateDiagram(machine, {
				counts,
				trail,
				selected: filters.state,
				onSelect: (state) => filterBy({ state: filters.state === state ? '' : state })
			})
		)
	}

	function fillAccounts() {
		if (accounts.options.length > 0) return
		fill(accounts, options([['', 'All accounts'], ...context.accounts().map(({ id, name }) => [id, name])]))
	}

	async function open(number) {
		split.open(number)
		trail = []
		if (number !== undefined) await showNumber(number)
		if (machine !== undefined) drawDiagram(drawDiagram.counts)
	}

	async function showNumber(number) {
		let found
		try {
			found = await get(`numbers/${encodeURIComponent(number)}`)
		} catch (error) {
			fill(split.detail, closeLink('#/numbers'), h('p.empty', `${number}: ${error.message}`))
			return
		}
		if (split.opened() !== number) return
		trail = found.changes
		fill(
			split.detail,
			h('header', h('h2', h('span.number', number)), closeLink('#/numbers')),
			h(
				'dl.facts',
				fact('State', stateElement(found.state)),
				fact('Account', context.accountName(found.account)),
				fact('Used by', found.used_by ?? '—'),
				fact('Features', found.features.join(', ') || '—'),
				fact('Created', instant(found.created)),
				fact('Modified', instant(found.modified))
			),
			Object.entries(found.delays).map(([kind, delay]) => delayElement(number, kind, delay)),
			h('h3', 'History'),
			found.changes.length === 0
				? h('p.quiet', 'The journal holds no change of this number.')
				: h(
						'ol.changes',
						found.changes.map((change) => h('li', changeElement(change), ' ', requestLink(change.request)))
					),
			found.document.e911 && [h('h3', 'E911 address'), addressElement(found.document.e911)],
			h('h3', 'Document'),
			h('div.json', jsonElement(found.document))
		)
	}

	function delayElement(number, kind, delay) {
		return h(
			'p.delay',
			h('span.badge.warning', kind),
			` waits ${delayText(delay)} `,
			button('Release now', async () => {
				await post('timing/release', { number, kind })
				notify(`${kind} of ${number} has ended.`)
				await reload()
			})
		)
	}

	async function reload() {
		await load()
		if (split.opened() !== undefined) await open(split.opened())
	}

	const reloadSoon = soon(reload)

	return {
		element,
		show: async ([number]) => {
			await load()
			await open(number && decodeURIComponent(number))
		},
		load: reload,
		move: split.move,
		close: split.close,
		onEvent(type) {
			if (type === 'change' || type === 'reset') reloadSoon()
		}
	}
}

export function delayText({ due, reads }) {
	if (due !== undefined) return `until ${instant(due)}`
	return reads === undefined ? 'until it is released' : `for ${plural(reads, 'read')}`
}

/** An address, a line each part. */
export function addressElement(address) {
	if (address === null || typeof address !== 'object') return bodyElement(String(address))
	return pairs(Object.entries(address).map(([name, value]) => [name, partText(value)]))
}

export const partText = (value = '') => (typeof value === 'object' ? JSON.stringify(value) : String(value))
