import { currentSandbox, get, post } from './api.js'
import {
	adviceElement,
	button,
	changeElement,
	copyButton,
	fact,
	h,
	notify,
	numberLink,
	openDialog,
	pairs,
	select
} from './dom.js'
import { AFTER, phaseSelect } from './faults.js'
import { bodyElement, duration, outcomeText, pathElement, statusElement, timeElement } from './format.js'

/** One request whole: its title, and what stands below. */
export async function requestDetail(id, context) {
	const request = await get(`requests/${encodeURIComponent(id)}`)
	const advice = request.warnings.length > 0 ? await adviceFor(request.warnings) : []
	const { response, operation, outcome, fault, fault_phase, answered, changes, wasMatched } = request
	const { method, url, headers, body, loggedDate } = request.request
	return [
		[h(`span.method.${method.toLowerCase()}`, method), ' ', pathElement(url)],
		h(
			'dl.facts',
			fact('Status', statusElement(response.status)),
			fact('Outcome', outcomeText(operation, outcome)),
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
	]
}

/** A part with a button that copies it as it was sent. */
const copySection = (title, text, content, isOpen) =>
	section(title, [text !== '' && copyButton('Copy', () => text), content], isOpen)

const bodySection = (title, text) => copySection(title, text, bodyElement(text, title))

function headersSection(title, headers) {
	const entries = Object.entries(headers)
	const text = entries.map((pair) => pair.join(': ')).join('\n')
	return copySection(title, text, entries.length > 0 ? pairs(entries) : h('p.quiet', 'no headers'), false)
}

function section(title, content, isOpen = true) {
	return h('details.section', { open: isOpen, 'data-fold': `section ${title}` }, h('summary', title), content)
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
	const failures = await context.failuresOf(operation)
	const texts = failures.map(({ name, status, means }) => [name, `${status} ${name}: ${means}`])
	const value = changes[0]?.e164
	openDialog(
		`Make ${operation} fail next time`,
		[
			h('label', 'It is answered with', select('outcome', 'Outcome', texts)),
			h('label', 'Before it is carried out, or after', phaseSelect()),
			value && h('label.toggle', h('input', { type: 'checkbox', name: 'number', value }), `only for ${value}`),
			h('p.quiet', 'The rule holds once. The Faults pane shows it and removes it.')
		],
		{
			label: 'Add the rule',
			async run(values) {
				await post('faults', { operation, times: 1, ...values })
				notify(`The next ${operation} in ${currentSandbox()} answers ${values.outcome}.`)
			}
		}
	)
}
