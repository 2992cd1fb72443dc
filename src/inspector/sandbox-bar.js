import { currentSandbox, get, post, put, remove } from './api.js'
import { button, fill, h, notify, openDialog, options, table } from './dom.js'
import { plural } from './format.js'

/** The switch between sandboxes, snapshots and reset. */
export function sandboxBar({ reload }) {
	const choice = h('select', { 'aria-label': 'Sandbox', onchange: () => switchTo(choice.value) })
	const element = h(
		'div.sandbox-bar',
		choice,
		button('Snapshots', showSnapshots, 'camera'),
		button('Reset', askReset, 'reset')
	)

	function switchTo(name) {
		const query = name === 'default' ? '' : `?sandbox=${encodeURIComponent(name)}`
		location.assign(`${location.pathname}${query}${location.hash}`)
	}

	async function load() {
		const { sandboxes } = await get('sandboxes')
		const names = sandboxes.some(({ name }) => name === currentSandbox())
			? sandboxes
			: [...sandboxes, { name: currentSandbox(), requests: 0, numbers: 0 }]
		const text = ({ name, requests, numbers }) => `${name}: ${requests} req, ${numbers} num`
		const key = names.map(text).join()
		if (choice.dataset.names !== key) {
			choice.dataset.names = key
			fill(choice, options(names.map((one) => [one.name, text(one)])))
		}
		choice.value = currentSandbox()
	}

	/** Asks for the name of a sandbox whose requests have done something. */
	async function confirmLoss(verb, run) {
		const { sandboxes } = await get('sandboxes')
		const { requests = 0 } = sandboxes.find(({ name }) => name === currentSandbox()) ?? {}
		if (requests === 0) await run()
		else confirmByName(verb, `What ${plural(requests, 'request')} did will be lost.`, run)
	}

	function askReset() {
		return confirmLoss('Reset', async () => {
			await post('reset')
			notify(`${currentSandbox()} is as the fixtures say.`)
			await reload()
		})
	}

	async function showSnapshots() {
		const { snapshots } = await get('snapshots')
		const name = h('input', {
			placeholder: 'name',
			'aria-label': 'Name of the snapshot',
			pattern: '[A-Za-z0-9._\\-]{1,64}'
		})
		const list = table(
			[],
			snapshots.map((one) => [
				one.name,
				`${plural(one.numbers, 'number')}, ${one.made_at.slice(0, 16)}`,
				[button('Restore', () => restore(one.name, dialog)), ' ', button('Drop', () => drop(one.name, dialog))]
			])
		)
		const dialog = openDialog(
			'Snapshots',
			[
				snapshots.length === 0
					? h('p.empty', 'No snapshot yet. One keeps numbers, faults and the clock under a name.')
					: list,
				name
			],
			[
				[
					'Save a snapshot',
					async () => {
						if (name.value === '') return false
						await put(`snapshots/${encodeURIComponent(name.value)}`)
						notify(`Saved ${name.value}.`)
						return true
					}
				]
			]
		)
	}

	function restore(name, dialog) {
		dialog.close()
		return confirmLoss('Restore', async () => {
			await post(`snapshots/${encodeURIComponent(name)}`)
			notify(`Restored ${name}.`)
			await reload()
		})
	}

	async function drop(name, dialog) {
		await remove(`snapshots/${encodeURIComponent(name)}`)
		dialog.close()
		notify(`Dropped ${name}.`)
	}

	return { element, load }
}

function confirmByName(verb, what, run) {
	const input = h('input', { autocomplete: 'off', 'aria-label': 'Name of the sandbox' })
	openDialog(
		`${verb} ${currentSandbox()}?`,
		[h('p', what), h('p', 'Type ', h('code', currentSandbox()), ' to go on.'), input],
		[[verb, () => (input.value === currentSandbox() ? run() : false), true]]
	)
	input.focus()
}
