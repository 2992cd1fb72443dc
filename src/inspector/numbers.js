import { get, post } from './api.js'
import { button, closeLink, fact, fill, h, notify, pairs, requestLink, soon } from './dom.js'
import { bodyElement, fromGregorian, jsonElement, plural } from './format.js'
import { stateDiagram } from './state-diagram.js'
import { windowedList } from './windowed.js'

const PAGE = 200
const ROW_HEIGHT = 32

/** The numbers of the sandbox, the state machine with their counts, and one number opened. */
export function numbersPane(context) {
	let rows = []
	let next
	let isLoading = false
	let generation = 0
	let opened
	const filters = { prefix: '', account: '', state: '' }
	const list = windowedList({
		rowHeight: ROW_HEIGHT,
		label: 'Numbers',
		keyOf: ({ number }) => number,
		render: row,
		onEnd: () => next !== undefined && void more()
	})
	const search = h('input', {
		type: 'search',
		placeholder: 'Prefix, such as +1415  ( / )',
		'aria-label': 'Search by prefix',
		'data-search': true,
		oninput: () => filterBy({ prefix: search.value.replace(/[\s()-]/g, '') })
	})
	const accounts = h('select', { 'aria-label': 'Account', onchange: () => filterBy({ account: accounts.value }) })
	const summary = h('p.summary', { role: 'status' })
	const diagram = h('div.diagram')
	const detail = h('section.detail', { 'aria-label': 'Number', hidden: true })
	const element = h(
		'div.pane',
		h('div.toolbar', search, accounts, h('span.spring'), summary),
		h('details.section.machine', { open: true }, h('summary', 'State machine'), diagram),
		h('div.split', h('div.master', list.element), detail)
	)
	let machine
	let trail = []

	function row({ number, state, account, used_by, features }) {
		return h(
			`a.row.one-number${opened === number ? '.selected' : ''}`,
			{ role: 'row', href: `#/numbers/${encodeURIComponent(number)}`, 'data-id': number },
			h('span.number', { role: 'cell' }, number),
			h('span', { role: 'cell' }, h(`span.state.${state}`, state)),
			h('span.grow', { role: 'cell' }, context.accountName(account)),
			h('span.quiet', { role: 'cell' }, [used_by, ...features].filter(Boolean).join(' · '))
		)
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
		list.show(rows, { redraw: true })
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
		list.show(rows)
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
		fill(
			accounts,
			h('option', { value: '' }, 'All accounts'),
			context.accounts().map(({ id, name }) => h('option', { value: id }, name))
		)
	}

	async function open(number) {
		opened = number
		detail.hidden = number === undefined
		element.classList.toggle('opened', number !== undefined)
		for (const one of list.element.querySelectorAll('.selected')) one.classList.remove('selected')
		trail = []
		if (number !== undefined) {
			list.element.querySelector(`[data-id="${CSS.escape(number)}"]`)?.classList.add('selected')
			await showNumber(number)
		}
		if (machine !== undefined) drawDiagram(drawDiagram.counts)
	}

	async function showNumber(number) {
		let found
		try {
			found = await get(`numbers/${encodeURIComponent(number)}`)
		} catch (error) {
			fill(detail, closeLink('#/numbers'), h('p.empty', `${number}: ${error.message}`))
			return
		}
		if (opened !== number) return
		trail = found.changes
		fill(
			detail,
			h('header', h('h2', h('span.number', number)), closeLink('#/numbers')),
			h(
				'dl.facts',
				fact('State', h(`span.state.${found.state}`, found.state)),
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
				: h('ol.changes', found.changes.map(changeElement)),
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
		if (opened !== undefined) await open(opened)
	}

	const reloadSoon = soon(reload)

	return {
		element,
		show: async ([number]) => {
			await load()
			await open(number && decodeURIComponent(number))
		},
		load: reload,
		move(step) {
			const index = rows.findIndex(({ number }) => number === opened)
			const to = rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step))]
			if (to === undefined) return
			list.reveal(rows.indexOf(to))
			opened = to.number
			location.replace(`#/numbers/${encodeURIComponent(opened)}`)
		},
		close: () => opened !== undefined && (location.hash = '#/numbers'),
		onEvent(type) {
			if (type === 'change' || type === 'reset') reloadSoon()
		}
	}
}

/** A time of the sandbox's clock, which may be far from that of the person. */
const instant = (gregorian) => new Date(fromGregorian(gregorian)).toISOString().slice(0, -5) + 'Z'

export function delayText({ due, reads }) {
	if (due !== undefined) return `until ${instant(due)}`
	return reads === undefined ? 'until it is released' : `for ${plural(reads, 'read')}`
}

function changeElement({ from, to, request }) {
	return h(
		'li',
		h('span.state', from ?? 'no record'),
		' → ',
		h('span.state', to ?? 'no record'),
		' ',
		requestLink(request)
	)
}

/** An address, a line each part. */
export function addressElement(address) {
	if (address === null || typeof address !== 'object') return bodyElement(String(address))
	return pairs(Object.entries(address).map(([name, value]) => [name, String(value)]))
}
