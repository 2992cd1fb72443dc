import { svg } from './dom.js'

const WIDTH = 1000
const HEIGHT = 430
const BOX = { width: 124, height: 46 }

/** Where each state stands. */
const PLACES = {
	released: [90, 60],
	available: [270, 215],
	reserved: [440, 60],
	in_service: [610, 215],
	port_in: [610, 370],
	aging: [270, 370],
	discovery: [900, 215],
	unknown: [900, 370],
	port_out: [770, 60],
	deleted: [910, 60]
}

/** How far a line bends to its right, in parts of its length, and where its label stands, if not in the middle. */
const BENDS = {
	'available>in_service': [0.14],
	'in_service>available': [0.14],
	'aging>available': [0],
	'port_in>in_service': [0],
	'aging>in_service': [0.06, 0.24],
	'port_in>available': [-0.08, 0.3],
	'available>port_in': [-0.08, 0.66],
	'aging>port_in': [0],
	'discovery>in_service': [0],
	'discovery>port_in': [0.12, 0.3],
	'unknown>in_service': [0.12, 0.3],
	'unknown>port_in': [0],
	'released>available': [0.1],
	'in_service>aging': [0.1, 0.6]
}

/** Draws the state machine from the table of the emulator. */
export function stateDiagram({ states, transitions }, { counts, trail, selected, onSelect }) {
	const edges = new Map()
	for (const { from, action, to } of transitions) {
		if (from === to) continue
		const key = `${from}>${to}`
		edges.set(key, { from, to, actions: [...(edges.get(key)?.actions ?? []), action] })
	}
	const steps = trail.map(step)
	for (const { from, to } of steps) {
		// A delay takes a number where no action of a client leads.
		if (!edges.has(`${from}>${to}`)) edges.set(`${from}>${to}`, { from, to, actions: ['delayed'] })
	}
	const walked = new Set(steps.map(({ from, to }) => `${from}>${to}`))
	const visited = new Set(steps.flatMap(({ from, to }) => [from, to]))
	const lines = [...edges].map(([key, edge]) => edgeElement(key, edge, walked.has(key)))
	return svg(
		'svg',
		{
			class: `machine-svg${walked.size > 0 ? ' traced' : ''}`,
			viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
			role: 'group',
			'aria-label': 'The states of a number and what leads from one to another'
		},
		lines.map(({ path }) => path),
		lines.map(({ label }) => label),
		['unknown', ...states].map(node)
	)

	function node(state) {
		const [x, y] = PLACES[state]
		const count = counts[state]
		const isReal = state !== 'unknown'
		const classes = ['node', state, selected === state && 'selected', visited.has(state) && 'visited', !count && 'none']
		const choose = () => onSelect(state)
		return svg(
			'g',
			{
				class: classes.filter(Boolean).join(' '),
				transform: `translate(${x} ${y})`,
				...(isReal
					? {
							role: 'button',
							tabindex: 0,
							'aria-pressed': String(selected === state),
							onclick: choose,
							onkeydown: (event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), choose())
						}
					: { 'aria-hidden': 'true' })
			},
			svg('rect', { x: -BOX.width / 2, y: -BOX.height / 2, ...BOX, rx: isReal ? 10 : 23 }),
			svg('text', { y: isReal ? -3 : 5, class: 'name' }, isReal ? state : 'no record'),
			isReal && svg('text', { y: 14, class: 'count' }, (count ?? 0).toLocaleString('en'))
		)
	}
}

/** A number without a record has been found by a search, or is one again. */
function step({ from, to }) {
	return { from: from ?? 'discovery', to: to ?? 'discovery' }
}

/** A line from box to box, and its label. */
function edgeElement(key, { from, to, actions }, isWalked) {
	const [start, end] = [PLACES[from], PLACES[to]]
	const [dx, dy] = [end[0] - start[0], end[1] - start[1]]
	const [bend, at = 0.5] = BENDS[key] ?? [0.2]
	const control = [(start[0] + end[0]) / 2 - dy * bend, (start[1] + end[1]) / 2 + dx * bend]
	const first = edgeOfBox(start, control)
	const last = edgeOfBox(end, control, 3)
	const middle = [0, 1].map(
		(axis) => (1 - at) ** 2 * first[axis] + 2 * at * (1 - at) * control[axis] + at ** 2 * last[axis]
	)
	const text = actions.join(', ')
	const mark = isWalked ? ' walked' : ''
	return {
		path: svg('path', { class: `edge${mark}`, d: `M${first} Q${control} ${last}`, 'marker-end': 'url(#arrow)' }),
		label: svg('text', { class: `edge-label${mark}`, x: middle[0], y: middle[1] + 4 }, text)
	}
}

/** Where the line from a box to a point leaves the box. */
function edgeOfBox([x, y], [toX, toY], gap = 0) {
	const [dx, dy] = [toX - x, toY - y]
	const scale = Math.min((BOX.width / 2 + gap) / Math.abs(dx || 1e-9), (BOX.height / 2 + gap) / Math.abs(dy || 1e-9))
	return [x + dx * scale, y + dy * scale].map((value) => Math.round(value * 10) / 10)
}
