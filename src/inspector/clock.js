import { get, post, put } from './api.js'
import { button, fill, h, numberLink, table } from './dom.js'
import { delayText } from './numbers.js'

const STEPS = [
	['+1 min', 60],
	['+1 h', 3600],
	['+1 day', 86_400]
]
const RATES = [
	['Freeze', 0],
	['Real time', 1],
	['×60', 60],
	['×3600', 3600]
]

/** The clock of the sandbox, what moves it, and the delays that wait for it. */
export function clockPane() {
	const face = h('p.clock', { role: 'timer', 'aria-label': 'Time of the sandbox' })
	const state = h('p.quiet')
	const waiting = h('div')
	const time = h('input', { type: 'datetime-local', step: 1, required: true })
	const rates = RATES.map(([label, rate]) => button(label, () => change({ rate })))
	const element = h(
		'div.pane',
		face,
		state,
		h(
			'div.actions',
			rates,
			STEPS.map(([label, seconds]) => button(label, () => move(post('clock/advance', { seconds }))))
		),
		h(
			'form.fields',
			{ onsubmit: setClock },
			h('label.field', h('span', 'Set the clock to (UTC)'), time),
			h('button.button', { type: 'submit' }, 'Set')
		),
		h('h2', 'Delays that wait'),
		waiting
	)
	let clock = { now: new Date(0).toISOString(), rate: 0 }
	let readAt = 0

	function setClock(event) {
		event.preventDefault()
		void change({ now: `${time.value}Z` })
	}

	const change = (body) => move(put('clock', body))

	async function move(call) {
		await call
		await load()
	}

	async function load() {
		clock = await get('clock')
		readAt = Date.now()
		tick()
		rates.forEach((one, i) => (one.ariaPressed = RATES[i][1] === clock.rate))
		state.textContent = ['Frozen', 'Runs in real time'][clock.rate] ?? `Runs ${clock.rate} times as fast as real time`
		const { delays } = await get('timing/waiting')
		fill(
			waiting,
			delays.length === 0
				? h('p.empty', 'Nothing waits. PUT /__admin/timing says what takes time: aging, port-ins and E911 addresses.')
				: delayTable(delays)
		)
	}

	function delayTable(delays) {
		return table(
			['Number', 'What', 'Waits', ''],
			delays.map(({ number, kind, ...delay }) => [
				numberLink(number),
				kind,
				delayText(delay),
				button('Release now', () => move(post('timing/release', { number, kind })))
			])
		)
	}

	function tick() {
		const now = new Date(Date.parse(clock.now) + (Date.now() - readAt) * clock.rate)
		const text = now.toISOString().replace(/T(.*)\..*/, ' $1 UTC')
		if (face.textContent !== text) face.textContent = text
	}

	return { element, show: load, load, tick, reloadsOn: ['change', 'reset'] }
}
