import { currentSandbox, download, get, remove } from './api.js'
import {
	button,
	confirmLoss,
	copyButton,
	emptyState,
	fill,
	filterForm,
	h,
	icon,
	nothingFits,
	notify,
	searchField,
	select,
	setOptions,
	soon,
	summarize,
	valuesOf
} from './dom.js'
import { duration, outcomeText, pathElement, plural, statusElement, timeElement } from './format.js'
import { requestDetail } from './request-detail.js'
import { splitList } from './split.js'

const MAX_ROWS = 1000

/** The requests as they arrive, and one of them opened beside the list. */
export function requestsPane(context) {
	let all = []
	let isPaused = false
	let missed = 0

	const split = splitList({
		pane: 'requests',
		kind: 'request',
		label: 'Requests, the latest first',
		heads: ['Time', 'Method.method', 'Path.grow', '.badges', 'Outcome.outcome', 'Took.ms', 'Status'],
		keyOf: ({ id }) => id,
		cellsOf,
		contentOf: (id) => requestDetail(id, context)
	})
	const operations = select('operation', 'Operation')
	const outcomes = select('outcome', 'Outcome')
	const pause = button('Pause', togglePause, 'pause', { 'aria-pressed': 'false' })
	const summary = h('p.summary')
	const filters = filterForm(
		() => refresh(),
		h(
			'div.toolbar',
			searchField('Search requests', 'Search path, body, outcome  ( / )'),
			h('span.spring'),
			pause,
			button('HAR', exportHar, 'download', { title: 'Export the requests as HAR' }),
			button('Clear', clear, 'trash', { title: 'Clear the journal' })
		),
		h(
			'div.toolbar',
			operations,
			outcomes,
			select('status', 'Status', [['', 'Status'], '2xx', '4xx', '5xx', 'no answer']),
			toggle('warnings', 'Warnings'),
			toggle('unmatched', 'Unmatched'),
			summary
		)
	)
	const element = h('div.pane', filters, split.element)

	function cellsOf({ request: { method, url, loggedDate }, ...entry }) {
		const { response, operation, outcome } = entry
		return [
			['span', timeElement(loggedDate)],
			[`span.method.${method.toLowerCase()}`, method],
			['span.grow', pathElement(url)],
			['span.badges', badges(entry)],
			[`span.outcome${outcome === 'success' ? '' : '.failed'}`, outcomeText(operation, outcome)],
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

	function refresh(options) {
		const wanted = valuesOf(filters)
		const shown = all.filter((one) => fits(one, wanted))
		const none = () => (all.length === 0 ? nothingYet(context.apiUrl()) : nothingFits('request', filters))
		split.show(shown, none, options)
		const part = shown.length === all.length ? '' : `${shown.length} of `
		const count = `${part}${all.length < MAX_ROWS ? '' : 'the latest '}${plural(all.length, 'request')}`
		summarize(summary, isPaused ? `${count}, paused: ${missed} new` : count)
	}

	function updateChoices() {
		for (const one of [operations, outcomes]) {
			const names = new Set(all.map((entry) => entry[one.name]).filter(Boolean))
			setOptions(one, [['', one.ariaLabel], ...[...names].sort()])
		}
	}

	function togglePause() {
		isPaused = !isPaused
		pause.setAttribute('aria-pressed', String(isPaused))
		fill(pause, icon(isPaused ? 'play' : 'pause'), h('span.label', isPaused ? 'Resume' : 'Pause'))
		missed = 0
		if (isPaused) refresh()
		else void load()
	}

	function exportHar() {
		return download('requests?format=har', `${currentSandbox()}.har`)
	}

	function clear() {
		confirmLoss('Clear the journal?', `The requests of ${currentSandbox()} will be lost.`, 'Clear', async () => {
			await remove('requests')
			await load()
			location.hash = '#/requests'
			notify('The journal is empty.')
		})
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
		show: ([id]) => split.open(id),
		load,
		move: split.move,
		close: split.close,
		onEvent(type, data) {
			if (type === 'reset') void load()
			if (type !== 'request') return
			if (isPaused) missed++
			else add([data], all)
			redrawSoon()
		}
	}
}

function fits(request, { text = '', operation, outcome, status, warnings, unmatched }) {
	const is = (wanted, value) => wanted === undefined || wanted === value
	const answered = request.response.status
	return (
		is(operation, request.operation) &&
		is(outcome, request.outcome) &&
		is(status, answered === 0 ? 'no answer' : `${Math.floor(answered / 100)}xx`) &&
		(!warnings || request.warnings.length > 0) &&
		(!unmatched || !request.wasMatched) &&
		textOf(request).includes(text.toLowerCase())
	)
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

const toggle = (name, label) => h('label.toggle', h('input', { type: 'checkbox', name }), label)

/** What to do while nothing has called. */
function nothingYet(apiUrl) {
	const curl = `curl '${apiUrl}/v2/phone_numbers?prefix=415&quantity=2'`
	return emptyState(
		'Nothing has called yet',
		h('p', 'Point your client at ', h('code', apiUrl), ', or run:'),
		h(
			'div.command',
			h('code', curl),
			copyButton('Copy', () => curl)
		)
	)
}
