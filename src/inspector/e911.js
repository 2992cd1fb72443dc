import { get } from './api.js'
import { fill, h, numberLink, requestLink, soon, table } from './dom.js'
import { plural, statusElement, timeElement } from './format.js'
import { addressElement, partText } from './numbers.js'

/** The E911 addresses that were sent, with their outcomes and choices. */
export function e911Pane() {
	const element = h('div.pane')

	async function load() {
		const { requests } = await get('requests?limit=1000')
		const tries = requests.map(tryOf).filter((one) => one !== undefined)
		if (tries.length === 0) {
			fill(
				element,
				h(
					'div.empty',
					h('h2', 'No address has been sent yet'),
					h('p', 'A request with an e911 address in its body appears here, with its outcome and its choices.')
				)
			)
			return
		}
		const byNumber = Map.groupBy(tries, ({ number }) => number)
		fill(
			element,
			h('p.summary', `${plural(tries.length, 'try', 'tries')} for ${plural(byNumber.size, 'number')}`),
			h(
				'div.cards',
				[...byNumber].map(([number, all]) => card(number, all))
			)
		)
	}

	const loadSoon = soon(load)
	return { element, show: load, load, onEvent: (type) => (type === 'request' || type === 'reset') && loadSoon() }
}

/** Reads a try out of a recorded request; undefined where it sent no address. */
function tryOf({ id, request, response, outcome }) {
	const sent = parse(request.body)?.data?.e911
	if (sent === undefined || sent === null || typeof sent !== 'object') return undefined
	const data = parse(response.body)?.data
	const number = /(?:%2B|\+)\d+/i.exec(request.url)?.[0].replace(/%2B/i, '+') ?? 'no number'
	return {
		id,
		number,
		sent,
		outcome,
		status: response.status,
		at: request.loggedDate,
		stored: data?.e911,
		choices: choicesIn(data)
	}
}

function parse(text) {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

/** The choices of a multiple_choice answer, in either dialect's form. */
function choicesIn(data) {
	const documented = data?.multiple_choice?.e911?.details
	if (Array.isArray(documented)) return documented
	const details = typeof data?.cause === 'string' ? parse(data.cause)?.details : undefined
	return Array.isArray(details) ? details : []
}

function card(number, tries) {
	const [last] = tries
	return h(
		'article.card',
		h(
			'header',
			h('h2', numberLink(number)),
			statusElement(last.status),
			' ',
			h('span.outcome', last.outcome ?? '—'),
			h('span.spring'),
			timeElement(last.at)
		),
		last.choices.length > 0
			? choicesTable(last)
			: h('div.columns', column('Sent', last.sent), last.stored && column('Stored', last.stored)),
		tries.length > 1 &&
			h(
				'details',
				h('summary', `${plural(tries.length - 1, 'earlier try', 'earlier tries')}`),
				h(
					'ol.changes',
					tries
						.slice(1)
						.map(({ id, status, outcome, at }) =>
							h('li', statusElement(status), ` ${outcome ?? '—'} `, requestLink(id), ' ', timeElement(at))
						)
				)
			)
	)
}

function column(title, address) {
	return h('div', h('h3', title), addressElement(address))
}

/** What was sent beside the choices; parts that differ are marked. */
function choicesTable({ sent, choices }) {
	const keys = [...new Set([sent, ...choices].flatMap(Object.keys))]
	const isSame = (one, other) => partText(one).toUpperCase() === partText(other).toUpperCase()
	const rows = keys.map((key) => [
		h('td.quiet', key),
		partText(sent[key]),
		...choices.map((choice) => h(isSame(choice[key], sent[key]) ? 'td' : 'td.differs', partText(choice[key])))
	])
	return h('div.scroll', table(['Part', 'Sent', ...choices.map((_, i) => `Choice ${i + 1}`)], rows))
}
