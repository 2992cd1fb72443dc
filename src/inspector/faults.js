import { get, post, remove } from './api.js'
import { button, copyButton, fill, h, icon, notify, options, table } from './dom.js'

/** How the page names the phase after. */
export const AFTER = 'once it is carried out'

const TRANSPORT = ['CONNECTION_RESET_BY_PEER', 'EMPTY_RESPONSE', 'MALFORMED_RESPONSE_CHUNK', 'RANDOM_DATA_THEN_CLOSE']

/** The rules that make requests fail, a form for a new one, and the magic inputs. */
export function faultsPane(context) {
	const rules = h('div')
	const magic = h('div.columns')
	const form = ruleForm()
	const element = h(
		'div.pane',
		h('h2', 'Rules'),
		rules,
		h('h2', 'New rule'),
		form.element,
		h('h2', 'Magic inputs'),
		magic
	)

	async function load() {
		const { faults } = await get('faults')
		const none = 'No rule: every request is answered as the API answers it. Add one below.'
		fill(rules, faults.length ? table(['Does', 'For', 'Hits', ''], faults.map(cellsOf)) : h('p.empty', none))
	}

	function cellsOf(rule) {
		const { id, name, operation, number, account, hits, times } = rule
		const target = [operation ?? 'every operation', number, account && context.accountName(account)].filter(Boolean)
		const drop = async () => {
			await remove(`faults/${id}`)
			notify(`The rule ${name} is gone.`)
			await load()
		}
		return [
			[h('span.badge.fault', name), ' ', effectOf(rule)],
			target.join(' · '),
			times === undefined ? `${hits}` : `${hits} of ${times}`,
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

	function ruleForm() {
		const operation = h('select', { name: 'operation', onchange: showOutcomes })
		const effect = h('select', { name: 'effect' })
		const number = h('input', { name: 'number', placeholder: 'every number' })
		const times = h('input', { name: 'times', type: 'number', min: 1, placeholder: 'always', value: 1 })
		const delay = h('input', { name: 'delay', type: 'number', min: 0, max: 600_000, placeholder: '0' })
		const phase = phaseSelect()
		const failure = h('p.error', { role: 'alert' })
		const element = h(
			'form.fields',
			{ onsubmit: submit },
			field('Operation', operation),
			field('Outcome', effect),
			field('Number', number),
			field('Times', times),
			field('Delay, ms', delay),
			field('Phase', phase),
			h('button.button.primary', { type: 'submit' }, icon('faults'), 'Add the rule'),
			failure
		)

		async function prepare() {
			const { operations } = await context.outcomes()
			fill(operation, options([['', 'every operation'], ...operations.map(({ name }) => [name])]))
			await showOutcomes()
		}

		async function showOutcomes() {
			const { operations, anywhere } = await context.outcomes()
			const outcomes = operations.find(({ name }) => name === operation.value)?.outcomes ?? anywhere
			const failures = outcomes.filter(({ status }) => status !== 'success')
			const group = (label, all) => h('optgroup', { label }, options(all))
			fill(
				effect,
				group(
					'Answers',
					failures.map(({ name, status }) => [`outcome ${name}`, `${status} ${name}`])
				),
				group(
					'Connection',
					TRANSPORT.map((name) => [`fault ${name}`, name])
				),
				group('Nothing else', [['', 'only the delay']])
			)
		}

		async function submit(event) {
			event.preventDefault()
			const [kind, name] = effect.value.split(' ')
			const rule = {
				operation: operation.value || undefined,
				number: number.value || undefined,
				times: Number(times.value) || undefined,
				phase: phase.value,
				delay_ms: Number(delay.value) || undefined,
				[kind]: name
			}
			try {
				const made = await post('faults', rule)
				failure.textContent = ''
				notify(`The rule ${made.name} is in force.`)
				await load()
			} catch (error) {
				failure.textContent = error.message
			}
		}

		return { element, prepare }
	}

	return {
		element,
		async show() {
			await Promise.all([load(), form.prepare(), showMagic()])
		},
		load,
		onEvent: (type) => (type === 'fault' || type === 'reset') && void load()
	}
}

/** Whether a fault comes before the operation, or loses its answer. */
export const phaseSelect = () => h('select', { 'aria-label': 'Phase' }, options([['before'], ['after']]))

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
