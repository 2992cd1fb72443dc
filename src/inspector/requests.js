import { currentSandbox, download, get, remove } from './api.js'
import { button, fill, h, icon, notify, soon } from './dom.js'
import { duration, pathElement, plural, statusElement, timeElement } from './format.js'
import { requestDetail } from './request-detail.js'
import { emptyState } from './empty.js'
import { windowedList } from './windowed.js'

const MAX_ROWS = 1000
const ROW_HEIGHT = 36

/** The requests of the sandbox as they arrive, and one of them opened beside the list. */
export function requestsPane(context) {
	let all = []
	let shown = []
	let opened
	let isPaused = false
	let missed = 0
	const filters = { text: '', operation: '', outcome: '', status: '', warnings: false, unmatched: false }

	const list = windowedList({
		rowHeight: ROW_HEIGHT,
		label: 'Requests, the latest first',
		keyOf: ({ id }) => id,
		render: row
	})
	const search = h('input', {
		type: 'search',
		placeholder: 'Search path, body, outcome  ( / )',
		'aria-label': 'Search requests',
		'data-search': true,
		oninput: () => filterBy({ text: search.value.toLowerCase() })
	})
	const operations = select('Operation', (value) => filterBy({ operation: value }))
	const outcomes = select('Outcome', (value) => filterBy({ outcome: value }))
	const statuses = select('Status', (value) => filterBy({ status: value }), ['2xx', '4xx', '5xx', 'no answer'])
	const pause = button('Pause', togglePause, { 'aria-pressed': 'false' }, icon('pause'))
	const summary = h('p.summary', { role: 'status', 'aria-live': 'polite' })
	const master = h('div.master')
	const detail = h('section.detail', { 'aria-label': 'Request', hidden: true })
	const element = h(
		'div.pane',
		h(
			'div.toolbar',
			search,
			operations,
			outcomes,
			statuses,
			toggle('Warnings', (value) => filterBy({ warnings: value })),
			toggle('Unmatched', (value) => filterBy({ unmatched: value })),
			h('span.spring'),
			pause,
			button('HAR', exportHar, { title: 'Export the requests as HAR' }, icon('download')),
			button('Clear', clear, { title: 'Clear the journal' }, icon('trash'))
		),
		summary,
		h('div.split', master, detail)
	)

	function row(request) {
		const { id, response, operation, outcome, wasMatched, fault, warnings } = request
		const { method, url, loggedDate } = request.request
		const name = operation === null ? 'no route' : `${operation}.${outcome ?? '—'}`
		return h(
			`a.row.request${opened === id ? '.selected' : ''}`,
			{ role: 'row', href: `#/requests/${id}`, 'data-id': id },
			cell('span', timeElement(loggedDate)),
			cell(`span.method.${method.toLowerCase()}`, method),
			cell('span.grow', pathElement(url)),
			cell('span.badges', badges({ fault, warnings, wasMatched })),
			cell(`span.outcome${outcome === 'success' ? '' : '.failed'}`, h('span', { title: name }, name)),
			cell('span.ms', duration(response.duration_ms)),
			cell('span', statusElement(response.status))
		)
	}

	function badges({ fault, warnings, wasMatched }) {
		return [
			fault !== null && h('span.badge.fault', { title: `Fault: ${fault}` }, 'fault'),
			warnings.length > 0 &&
				h('span.badge.warning', { title: warnings.join(', ') }, plural(warnings.length, 'warning')),
			!wasMatched && h('span.badge.unmatched', 'unmatched')
		]
	}

	function filterBy(change) {
		Object.assign(filters, change)
		refresh({ redraw: false })
	}

	function refresh({ redraw = false } = {}) {
		shown = all.filter(fits)
		const isEmpty = all.length === 0
		if (isEmpty || shown.length === 0) {
			fill(master, isEmpty ? emptyState(context) : h('p.empty', 'No request fits these filters.'))
		} else if (list.element.parentNode !== master) {
			fill(master, heading(), list.element)
		}
		list.show(shown, { redraw })
		const count =
			shown.length === all.length
				? plural(all.length, 'request')
				: `${shown.length} of ${plural(all.length, 'request')}`
		summary.textContent = isPaused ? `${count}, paused: ${missed} new` : count
	}

	function heading() {
		const names = ['Time', 'Method.method', 'Path.grow', '.badges', 'Outcome.outcome', 'Took.ms', 'Status']
		const cells = names.map((one) => h(one.replace(/^\w*/, 'span'), one.split('.')[0]))
		return h('div.row.request.heading', { 'aria-hidden': 'true' }, cells)
	}

	function fits(request) {
		const { text, operation, outcome, status, warnings, unmatched } = filters
		return (
			(operation === '' || request.operation === operation) &&
			(outcome === '' || request.outcome === outcome) &&
			(status === '' || statusClass(request.response.status) === status) &&
			(!warnings || request.warnings.length > 0) &&
			(!unmatched || !request.wasMatched) &&
			(text === '' || textOf(request).includes(text))
		)
	}

	function updateChoices() {
		fillSelect(operations, 'Operation', unique(all.map(({ operation }) => operation)))
		fillSelect(outcomes, 'Outcome', unique(all.map(({ outcome }) => outcome)))
	}

	function togglePause() {
		isPaused = !isPaused
		pause.setAttribute('aria-pressed', String(isPaused))
		fill(pause, icon(isPaused ? 'play' : 'pause'), isPaused ? 'Resume' : 'Pause')
		if (isPaused) return refresh()
		missed = 0
		return load()
	}

	async function exportHar() {
		await download('requests?format=har', `${currentSandbox()}.har`)
	}

	async function clear() {
		await remove('requests')
		all = []
		refresh()
		location.hash = '#/requests'
		notify('The journal is empty.')
	}

	async function load() {
		all = (await get(`requests?limit=${MAX_ROWS}`)).requests
		updateChoices()
		refresh({ redraw: true })
	}

	function open(id) {
		opened = id
		detail.hidden = id === undefined
		element.classList.toggle('opened', id !== undefined)
		for (const one of list.element.querySelectorAll('.selected')) one.classList.remove('selected')
		if (id === undefined) return
		list.element.querySelector(`[data-id="${CSS.escape(id)}"]`)?.classList.add('selected')
		void requestDetail(detail, id, context)
	}

	/** Opens the request before or after the open one. */
	function move(step) {
		const index = shown.findIndex(({ id }) => id === opened)
		const next = index < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, index + step))
		if (shown[next] === undefined) return
		list.reveal(next)
		// The next key may come before the address is read.
		opened = shown[next].id
		location.replace(`#/requests/${opened}`)
	}

	// Once for all requests that arrive within some frames.
	const redrawSoon = soon(() => {
		updateChoices()
		refresh()
	}, 50)

	return {
		element,
		show: async ([id]) => {
			if (all.length === 0) await load()
			open(id)
		},
		load,
		move,
		close: () => opened !== undefined && (location.hash = '#/requests'),
		onEvent(type, data) {
			if (type === 'reset' && data.parts.some((part) => part === 'requests' || part === 'everything')) {
				all = []
				return refresh()
			}
			if (type !== 'request') return undefined
			if (isPaused) {
				missed++
				return refresh()
			}
			all = [data, ...all.slice(0, MAX_ROWS - 1)]
			redrawSoon()
			return undefined
		}
	}
}

const cell = (name, content) => h(name, { role: 'cell' }, content)

function statusClass(status) {
	return status === 0 ? 'no answer' : `${Math.floor(status / 100)}xx`
}

function textOf({ id, request, response, operation, outcome, warnings, fault }) {
	const { method, url, body } = request
	return [id, method, decode(url), body, response.status, response.body, operation, outcome, warnings, fault]
		.join(' ')
		.toLowerCase()
}

function decode(url) {
	try {
		return `${url} ${decodeURIComponent(url)}`
	} catch {
		return url
	}
}

function unique(names) {
	return [...new Set(names.filter((name) => name !== null))].sort()
}

function select(name, onChange, values = []) {
	const element = h('select', { 'aria-label': name, onchange: () => onChange(element.value) })
	fillSelect(element, name, values)
	return element
}

function fillSelect(element, name, values) {
	if (element.dataset.values === values.join()) return
	element.dataset.values = values.join()
	const { value } = element
	fill(
		element,
		h('option', { value: '' }, name),
		values.map((one) => h('option', { value: one }, one))
	)
	if (values.includes(value)) element.value = value
}

function toggle(label, onChange) {
	const input = h('input', { type: 'checkbox', onchange: () => onChange(input.checked) })
	return h('label.toggle', input, label)
}
