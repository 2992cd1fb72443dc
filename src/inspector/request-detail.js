import { currentSandbox, get, post } from './api.js'
import {
	adviceElement,
	button,
	changeElement,
	closeLink,
	copyButton,
	fact,
	fill,
	h,
	notify,
	numberLink,
	openDialog,
	options,
	pairs
} from './dom.js'
import { AFTER, phaseSelect } from './faults.js'
import { bodyElement, duration, pathElement, statusElement, timeElement } from './format.js'

/** Shows one request whole. */
export async function requestDetail(element, id, context) {
	element.dataset.id = id
	let request
	try {
		request = await get(`requests/${encodeURIComponent(id)}`)
	} catch (error) {
		fill(element, closeLink('#/requests'), h('p.empty', `Request ${id} is not in the journal: ${error.message}`))
		return
	}
	const advice = request.warnings.length > 0 ? await adviceFor(request.warnings) : []
	if (element.dataset.id !== id) return
	const { response, operation, outcome, fault, fault_phase, answered, changes, wasMatched } = request
	const { method, url, headers, body, loggedDate } = request.request
	fill(
		element,
		h(
			'header',
			h('h2', h(`span.method.${method.toLowerCase()}`, method), ' ', pathElement(url)),
			closeLink('#/requests')
		),
		h(
			'dl.facts',
			fact('Status', statusElement(response.status)),
			fact('Outcome', operation === null ? 'no route' : `${operation}.${outcome ?? '—'}`),
			fact('Took', duration(response.duration_ms)),
			fact('At', timeElement(loggedDate)),
			fault !== null && fact('Fault', [h('span.badge.fault', fault), fault_phase && ` ${AFTER}`]),
			answered !== undefined && fact('Client saw', answered ?? 'no outcome'),
			request.trace_id && fact('Trace', h('code', request.trace_id))
		),
		h(
			'div.actions',
			copyButton('Copy as curl', () => curlOf(request, context)),
			copyButton('Copy as test', () => testOf(request)),
			wasMatched && button('Make this fail next time', () => failDialog(request, context), 'faults')
		),
		changes.length > 0 &&
			section(
				'Changed',
				h(
					'ul.changes',
					changes.map((change) => h('li', numberLink(change.e164), ' ', changeElement(change)))
				)
			),
		advice.map(({ code, section: heading, means, advice: what }) =>
			adviceElement(h('span.badge.warning', code), means, what, h('span.quiet', `Document: ${heading}`))
		),
		!wasMatched &&
			adviceElement(h('span.badge.unmatched', 'unmatched'), 'No call of the API has this path.', request.hint ?? ''),
		bodySection('Request body', body),
		bodySection('Response body', response.body),
		headersSection('Request headers', headers),
		headersSection('Response headers', response.headers)
	)
}

/** A part with a button that copies it as it was sent. */
const copySection = (title, text, content, isOpen) =>
	section(title, [text !== '' && copyButton('Copy', () => text), content], isOpen)

const bodySection = (title, text) => copySection(title, text, bodyElement(text))

function headersSection(title, headers) {
	const entries = Object.entries(headers)
	const text = entries.map((pair) => pair.join(': ')).join('\n')
	return copySection(title, text, pairs(entries), false)
}

function section(title, content, isOpen = true) {
	return h('details.section', { open: isOpen }, h('summary', title), content)
}

/** The section and advice of each warning, out of the report. */
async function adviceFor(codes) {
	const { warnings } = await get('contract')
	return codes.map((code) => warnings.find((one) => one.code === code) ?? { code, means: '', advice: '', section: '' })
}

const HOP_HEADERS = new Set(['host', 'content-length', 'connection', 'user-agent', 'accept', 'accept-encoding'])

/** The request as a command; what was redacted is a variable of the shell. */
function curlOf({ request: { method, url, headers, body } }, { apiUrl }) {
	const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`
	const lines = [`curl -X ${method} ${quote(apiUrl() + url)}`]
	for (const [name, value] of Object.entries(headers)) {
		if (HOP_HEADERS.has(name)) continue
		lines.push(value === '[redacted]' ? `-H "${name}: $TOKEN"` : `-H ${quote(name + (value ? `: ${value}` : ';'))}`)
	}
	if (body !== '') lines.push(`--data ${quote(body)}`)
	return lines.join(' \\\n  ')
}

/** The call of the library that asserts this request. */
function testOf({ operation, outcome, request: { method, url } }) {
	const pattern = operation === null ? { method, urlPath: url.split('?')[0] } : { operation, outcome }
	const lines = Object.entries(pattern).map(([key, value]) => `  ${key}: '${value}'`)
	return `await emulator.requests.verify({\n${lines.join(',\n')}\n}, { exactly: 1 })`
}

/** Asks which outcome the next such request gets, and makes the rule. */
async function failDialog({ operation, changes }, context) {
	const { operations } = await context.outcomes()
	const { outcomes = [] } = operations.find(({ name }) => name === operation) ?? {}
	const failures = outcomes.filter(({ status }) => status !== 'success')
	const outcome = h(
		'select',
		{ 'aria-label': 'Outcome' },
		options(failures.map(({ name, status, means }) => [name, `${status} ${name}: ${means}`]))
	)
	const only = h('input', { type: 'checkbox' })
	const phase = phaseSelect()
	const number = changes[0]?.e164
	openDialog(
		`Make ${operation} fail next time`,
		[
			h('label', 'It is answered with', outcome),
			h('label', 'Before it is carried out, or after', phase),
			number !== undefined && h('label.toggle', only, `only for ${number}`),
			h('p.quiet', 'The rule holds once. The Faults pane shows it and removes it.')
		],
		[
			[
				'Add the rule',
				async () => {
					await post('faults', {
						operation,
						outcome: outcome.value,
						times: 1,
						phase: phase.value,
						number: only.checked ? number : undefined
					})
					notify(`The next ${operation} in ${currentSandbox()} answers ${outcome.value}.`)
				}
			]
		]
	)
}
