import { get } from './api.js'
import { emptyState, h, numberLink, refill, requestLink, table } from './dom.js'
import { parse, plural, statusElement, timeElement } from './format.js'
import { addressElement, partText } from './numbers.js'

/** The E911 addresses that were sent, with their outcomes and choices. */
export function e911Pane() {
	const element = h('div.pane')

	async function load() {
		const { requests } = await get('requests?limit=1000')
		const tries = requests.map(tryOf).filter(Boolean)
		const byNumber = Map.groupBy(tries, ({ number }) => number)
		refill(element, byNumber.size === 0 ? none() : [summary(tries, byNumber), [...byNumber.values()].map(card)])
	}

	return { element, show: load, load, reloadsOn: ['request', 'reset'] }
}

const summary = ({ length }, { size }) =>
	h('p.summary', `${plural(length, 'try', 'tries')} for ${plural(size, 'number')}`)

const none = () =>
	emptyState(
		'No address has been sent yet',
		h(
			'p',
			'Send one in data.e911 of a number. It appears here with its outcome and its choices. The ',
			h('a', { href: '#/faults' }, 'magic addresses'),
			' bring about each outcome.'
		)
	)

/** Reads a try out of a recorded request; undefined where it sent no address. */
function tryOf({ id, request, response, outcome }) {
	const sent = parse(request.body)?.data?.e911
	if (!sent || typeof sent !== 'object') return undefined
	const data = parse(response.body)?.data
	const number = /(?:%2B|\+)\d+/i.exec(request.url)?.[0].replace(/%2B/i, '+') ?? 'no number'
	const { status } = response
	return { id, number, sent, outcome, status, at: request.loggedDate, stored: data?.e911, choices: choicesIn(data) }
}

/** The choices of a multiple_choice answer, in either dialect's form. */
function choicesIn(data) {
	const documented = data?.multiple_choice?.e911?.details
	if (Array.isArray(documented)) return documented
	const details = typeof data?.cause === 'string' ? parse(data.cause)?.details : undefined
	return Array.isArray(details) ? details : []
}

function card([last, ...earlier]) {
	const { id, number, sent, stored, choices, at } = last
	return h(
		'article.card',
		h('header', h('h2', numberLink(number)), outcomeOf(last), h('span.spring'), timeElement(at), requestLink(id)),
		choices.length > 0
			? choicesTable(last)
			: h('div.columns', column('Sent', sent), stored && column('Stored', stored)),
		earlier.length > 0 &&
			h(
				'details',
				{ 'data-fold': number },
				h('summary', plural(earlier.length, 'earlier try', 'earlier tries')),
				h(
					'ol.changes',
					earlier.map((one) => h('li', outcomeOf(one), ' ', timeElement(one.at), ' ', requestLink(one.id)))
				)
			)
	)
}

const outcomeOf = ({ status, outcome }) => [statusElement(status), ` ${outcome ?? '—'} `]

function column(title, address) {
	return h('div.field', h('h3', title), addressElement(address))
}

/** What was sent beside the choices; parts that differ are marked. A narrow page stacks them under the name of the part. */
function choicesTable({ sent, choices }) {
	const keys = [...new Set([sent, ...choices].flatMap(Object.keys))]
	const heads = ['Sent', ...choices.map((_, i) => `Choice ${i + 1}`)]
	const isSame = (one, other) => partText(one).toUpperCase() === partText(other).toUpperCase()
	const rows = keys.map((key) => [
		h('td.quiet', key),
		[sent, ...choices].map((one, i) =>
			h(`td${isSame(one[key], sent[key]) ? '' : '.differs'}`, { 'data-head': heads[i] }, partText(one[key]))
		)
	])
	return h(
		'div.scroll',
		table(
			['Part', ...heads],
			rows.map((row) => row.flat())
		)
	)
}
