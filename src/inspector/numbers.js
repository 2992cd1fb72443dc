import { get, post } from './api.js'
import {
	button,
	changeElement,
	emptyState,
	fact,
	fill,
	filterForm,
	h,
	nothingFits,
	notify,
	pairs,
	requestLink,
	searchField,
	select,
	setOptions,
	stateElement,
	summarize,
	valuesOf
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
	const split = splitList({
		pane: 'numbers',
		kind: 'one-number',
		label: 'Numbers',
		heads: ['Number', 'State', 'Account.grow', 'Used by, features'],
		keyOf: ({ number }) => number,
		cellsOf,
		contentOf,
		onEnd: () => next !== undefined && void more()
	})
	const accounts = select('account', 'Account')
	const states = select('state', 'State')
	const summary = h('p.summary')
	const filters = filterForm(
		() => void load(),
		h('div.toolbar', searchField('Search by prefix', 'Prefix, such as +1415  ( / )'), accounts, states, summary)
	)
	const diagram = h('div.diagram')
	const element = h(
		'div.pane',
		filters,
		h('details.section', { open: true }, h('summary', 'State machine'), diagram),
		split.element
	)
	let machine
	let counts
	let trail = []

	function cellsOf({ number, state, account, used_by, features }) {
		return [
			['span.number', number],
			['span', stateElement(state)],
			['span.grow', context.accountName(account)],
			['span.quiet', [used_by, ...features].filter(Boolean).join(' · ')]
		]
	}

	function query(start = {}) {
		const { text, ...rest } = valuesOf(filters)
		return new URLSearchParams({
			limit: PAGE,
			...rest,
			...(text && { prefix: text.replace(/[\s()-]/g, '') }),
			...start
		})
	}

	async function load() {
		const mine = ++generation
		machine ??= await get('states')
		const page = await get(`numbers?${query()}`)
		if (mine !== generation) return
		rows = page.numbers
		next = page.next_start_key
		counts = page.counts
		setOptions(accounts, [['', 'Account'], ...context.accounts().map(({ id, name }) => [id, name])])
		setOptions(states, [['', 'State'], ...machine.states])
		drawDiagram()
		summarize(summary, plural(page.total, 'number'))
		split.show(rows, none, { redraw: true })
	}

	function none() {
		if (Object.keys(valuesOf(filters)).length > 0) return nothingFits('number', filters)
		return emptyState(
			'This sandbox has no number',
			h('p', 'Buy one through the API, put some there with POST /__admin/numbers, or reset to the fixtures.')
		)
	}

	async function more() {
		if (isLoading) return
		isLoading = true
		const mine = generation
		const page = await get(`numbers?${query({ start_key: next })}`).finally(() => (isLoading = false))
		if (mine !== generation) return
		rows = [...rows, ...page.numbers]
		next = page.next_start_key
		split.show(rows)
	}

	function drawDiagram() {
		fill(diagram, stateDiagram(machine, { counts, trail, selected: states.value, onSelect }))
	}

	function onSelect(state) {
		states.value = states.value === state ? '' : state
		void load()
	}

	async function open(number) {
		trail = []
		await split.open(number)
		if (machine !== undefined) drawDiagram()
	}

	async function contentOf(number) {
		const found = await get(`numbers/${encodeURIComponent(number)}`)
		if (split.opened() === number) trail = found.changes
		return [
			h('span.number', number),
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
				? h('p.quiet', 'No request in the journal has changed this number. Those that do appear here.')
				: h(
						'ol.changes',
						found.changes.map((change) => h('li', changeElement(change), ' ', requestLink(change.request)))
					),
			found.document.e911 && [h('h3', 'E911 address'), addressElement(found.document.e911)],
			h('h3', 'Document'),
			h('div.json', jsonElement(found.document))
		]
	}

	function delayElement(number, kind, delay) {
		return h(
			'p',
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
		await open(split.opened())
	}

	return {
		element,
		show: async ([number]) => {
			await load()
			await open(number && decodeURIComponent(number))
		},
		load: reload,
		move: split.move,
		close: split.close,
		reloadsOn: ['change', 'request', 'reset']
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
