import { currentSandbox, download, get, remove } from './api.js'
import { button, fill, h, icon, notify, options, searchField, soon } from './dom.js'
import { duration, pathElement, plural, statusElement, timeElement } from './format.js'
import { requestDetail } from './request-detail.js'
import { emptyState } from './empty.js'
import { splitList } from './split.js'

const MAX_ROWS = 1000

/** The requests as they arrive, and one of them opened beside the list. */
export function requestsPane(context) {
	let all = []
	let shown = []
	let isPaused = false
	let missed = 0
	const filters = { text: '', operation: '', outcome: '', status: '', warnings: false, unmatched: false }

	const split = splitList({
		pane: 'requests',
		kind: 'request',
		label: 'Requests, the latest first',
		heads: ['Time', 'Method.method', 'Path.grow', '.badges', 'Outcome.outcome', 'Took.ms', 'Status'],
		keyOf: ({ id }) => id,
		cellsOf
	})
	const search = searchField('Search requests', 'Search path, body, outcome  ( / )', (text) =>
		filterBy({ text: text.toLowerCase() })
	)
	const operations = select('Operation', (value) => filterBy({ operation: value }))
	const outcomes = select('Outcome', (value) => filterBy({ outcome: value }))
	const statuses = select('Status', (value) => filterBy({ status: value }), ['2xx', '4xx', '5xx', 'no answer'])
	const pause = button('Pause', togglePause, 'pause', { 'aria-pressed': 'false' })
	const summary = h('p.summary', { role: 'status', 'aria-live': 'polite' })
	const element = h(
		'div.pane',
		h(
			'div.toolbar',
			search,
			h('span.spring'),
			pause,
			button('HAR', exportHar, 'download', { title: 'Export the requests as HAR' }),
			button('Clear', clear, 'trash', { title: 'Clear the journal' })
		),
		h(
			'div.toolbar',
			operations,
			outcomes,
			statuses,
			toggle('Warnings', (value) => filterBy({ warnings: value })),
			toggle('Unmatched', (value) => filterBy({ unmatched: value })),
			summary
		),
		split.element
	)

	function cellsOf({ request: { method, url, loggedDate }, ...entry }) {
		const { response, operation, outcome } = entry
		const name = operation === null ? 'no route' : `${operation}.${outcome ?? '—'}`
		return [
			['span', timeElement(loggedDate)],
			[`span.method.${method.toLowerCase()}`, method],
			['span.grow', pathElement(url)],
			['span.badges', badges(entry)],
			[`span.outcome${outcome === 'success' ? '' : '.failed'}`, h('span', { title: name }, name)],
			['span.ms', duration(response.duration_ms)],
			['span', statusElement(response.status)]
		]
	}

	function badges({ fault, answered, warnings, wasMatched }) {
		return [
			answered !== undefined && h('span.badge.fault', 'answer lost'),
			fault !== null && h('span.badge.fault', { title: `Fault: ${fault}` }, 'fault'),
			warnings.length > 0 &&
				h('span.badge.warning', { title: warnings.join(', ') }, plural(warnings.length, 'warning')),
			!wasMatched && h('span.badge.unmatched', 'unmatched')
		]
	}

	function filterBy(change) {
		Object.assign(filters, change)
		refresh()
	}

	function refresh(options) {
		shown = all.filter(fits)
		const none = all.length === 0 ? emptyState(context) : h('p.empty', 'No request fits these filters.')
		split.instead(shown.length === 0 && none)
		split.show(shown, options)
		const part = shown.length === all.length ? '' : `${shown.length} of `
		const count = part + plural(all.length, 'request')
		summary.textContent = isPaused ? `${count}, paused: ${missed} new` : count
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
		fill(pause, icon(isPaused ? 'play' : 'pause'), h('span.label', isPaused ? 'Resume' : 'Pause'))
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

	/** Puts newer requests before older ones, each once. */
	function add(newer, older) {
		const known = new Set(older.map(({ id }) => id))
		all = [...newer.filter(({ id }) => !known.has(id)), ...older].slice(0, MAX_ROWS)
	}

	async function load() {
		const before = new Set(all)
		const { requests } = await get(`requests?limit=${MAX_ROWS}`)
		// Some may have arrived while the journal was read.
		add(
			all.filter((one) => !before.has(one)),
			requests
		)
		updateChoices()
		refresh({ redraw: true })
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
			split.open(id)
			if (id !== undefined) void requestDetail(split.detail, id, context)
		},
		load,
		move: split.move,
		close: split.close,
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
			add([data], all)
			redrawSoon()
			return undefined
		}
	}
}

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
	fill(element, options([['', name], ...values.map((one) => [one])]))
	if (values.includes(value)) element.value = value
}

function toggle(label, onChange) {
	const input = h('input', { type: 'checkbox', onchange: () => onChange(input.checked) })
	return h('label.toggle', input, label)
}
