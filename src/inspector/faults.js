import { get, post, remove } from './api.js'
import {
	button,
	confirmLoss,
	copyButton,
	fill,
	h,
	icon,
	notify,
	options,
	select,
	setOptions,
	table,
	valuesOf
} from './dom.js'
import { plural } from './format.js'

/** How the page names the phase after. */
export const AFTER = 'once it is carried out'

const TRANSPORT = ['CONNECTION_RESET_BY_PEER', 'EMPTY_RESPONSE', 'MALFORMED_RESPONSE_CHUNK', 'RANDOM_DATA_THEN_CLOSE']

/** The rules that make requests fail, a form for a new one, and the magic inputs. */
export function faultsPane(context) {
	const rules = h('div')
	const magic = h('div.columns')
	const operation = h('select', { name: 'operation', onchange: showOutcomes })
	const effect = h('select', { name: 'effect' })
	const failure = h('p.error', { role: 'alert' })
	const form = h(
		'form.fields',
		{ onsubmit: addRule },
		field('Operation', operation),
		field('Outcome', effect),
		field('Number', h('input', { name: 'number', placeholder: 'every number' })),
		field('Times', h('input', { name: 'times', type: 'number', min: 1, placeholder: 'always', value: 1 })),
		field('Delay, ms', h('input', { name: 'delay', type: 'number', min: 0, max: 600_000, placeholder: '0' })),
		field('Phase', phaseSelect()),
		h('button.button.primary', icon('faults'), 'Add the rule'),
		failure
	)
	const element = h('div.pane', h('h2', 'Rules'), rules, h('h2', 'New rule'), form, h('h2', 'Magic inputs'), magic)

	async function load() {
		const { faults } = await get('faults')
		const none = 'No rule: every request is answered as the API answers it. Add one below.'
		fill(rules, faults.length ? table(['Does', 'For', 'Hits', ''], faults.map(cellsOf)) : h('p.empty', none))
	}

	function cellsOf(rule) {
		const { id, name, operation, number, account, hits, times } = rule
		const target = [operation ?? 'every operation', number, account && context.accountName(account)].filter(Boolean)
		const drop = () =>
			confirmLoss(`Remove ${name}?`, 'The rule and its hits will be lost.', 'Remove', async () => {
				await remove(`faults/${id}`)
				notify(`The rule ${name} is gone.`)
				await load()
			})
		return [
			[h('span.badge.fault', { title: name }, name), ' ', effectOf(rule)],
			target.join(' · '),
			times === undefined ? plural(hits, 'hit') : `${times - hits} of ${times} left`,
			button('', drop, 'trash', { 'aria-label': `Remove ${name}` })
		]
	}

	async function showMagic() {
		const { numbers, addresses } = await get('magic')
		fill(
			magic,
			magicTable('Number', 'Buying it', numbers, 'number', 'activate'),
			magicTable('Address', 'E911 answers', addresses, 'street_address', 'result')
		)
	}

	async function showOperations() {
		const { operations } = await context.outcomes()
		setOptions(operation, [['', 'every operation'], ...operations.map(({ name }) => name)])
		await showOutcomes()
	}

	async function showOutcomes() {
		const failures = await context.failuresOf(operation.value)
		const group = (label, all) => h('optgroup', { label }, options(all))
		const answers = failures.map(({ name, status }) => [`outcome ${name}`, `${status} ${name}`])
		const breaks = TRANSPORT.map((name) => [`fault ${name}`, name])
		fill(
			effect,
			group('Answers', answers),
			group('Connection', breaks),
			group('Nothing else', [['', 'only the delay']])
		)
	}

	async function addRule(event) {
		event.preventDefault()
		const { effect: what = '', times, delay, ...rule } = valuesOf(form)
		const [kind, name] = what.split(' ')
		const numbers = { times: times && Number(times), delay_ms: delay && Number(delay) }
		try {
			const made = await post('faults', { ...rule, ...numbers, [kind]: name })
			failure.textContent = ''
			notify(`The rule ${made.name} is in force.`)
			await load()
		} catch (error) {
			failure.textContent = error.message
		}
	}

	const show = () => Promise.all([load(), showOperations(), showMagic()])
	return { element, show, load, reloadsOn: ['fault', 'reset'] }
}

/** Whether a fault comes before the operation, or loses its answer. */
export const phaseSelect = () => select('phase', 'Phase', ['before', 'after'])

function field(label, input) {
	return h('label.field', h('span', label), input)
}

function effectOf({ phase, delay_ms, truncate_bytes }) {
	return [
		phase === 'after' && AFTER,
		delay_ms !== undefined &&
			`after ${delay_ms.min === undefined ? delay_ms : `${delay_ms.min} to ${delay_ms.max}`} ms`,
		truncate_bytes !== undefined && `cut after ${truncate_bytes} bytes`
	]
		.filter(Boolean)
		.join(', ')
}

function magicTable(input, meaning, rows, key, result) {
	return table(
		[input, meaning, ''],
		rows.map((row) => [h('code', row[key]), row[result].replaceAll('`', ''), copyButton('Copy', () => row[key])])
	)
}
