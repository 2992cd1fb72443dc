import { currentSandbox, get, post, put, remove } from './api.js'
import { button, confirmLoss, h, dialogField, notify, openDialog, setOptions, table } from './dom.js'
import { plural, timeElement } from './format.js'

/** The switch between sandboxes, snapshots and reset. */
export function sandboxBar({ reload }) {
	const choice = h('select', { 'aria-label': 'Sandbox', onchange: switchTo })
	const element = h(
		'div.sandbox-bar',
		choice,
		button('Snapshots', showSnapshots, 'camera'),
		button('Reset', reset, 'reset')
	)

	function switchTo() {
		location.href = (choice.value === 'default' ? './' : `?sandbox=${choice.value}`) + location.hash
	}

	/** Shows what there is. Returns the port of the API, where it has one of its own. */
	async function load() {
		const { sandboxes, api_port } = await get('sandboxes')
		setOptions(
			choice,
			sandboxes.map(({ name, requests, numbers }) => [name, `${name}: ${requests} req, ${numbers} num`])
		)
		choice.value = currentSandbox()
		return api_port
	}

	/** Restores or resets by a call. Wants the name of a sandbox whose requests have done something. */
	async function restoreBy(path, verb, done) {
		const { sandboxes } = await get('sandboxes')
		const sandbox = currentSandbox()
		const { requests = 0 } = sandboxes.find(({ name }) => name === sandbox) ?? {}
		const run = async () => {
			await post(path)
			notify(done)
			await reload()
		}
		confirmLoss(
			`${verb} ${sandbox}?`,
			`What ${requests === 0 ? 'it holds' : `${plural(requests, 'request')} did`} will be lost.`,
			verb,
			({ asked = sandbox }) => asked === sandbox && run(),
			requests > 0 && [h('p', 'Type ', h('code', sandbox), ' to go on.'), dialogField('Name of the sandbox')]
		)
	}

	function reset() {
		return restoreBy('reset', 'Reset', `${currentSandbox()} is as the fixtures say.`)
	}

	async function showSnapshots() {
		const { snapshots } = await get('snapshots')
		const list = table(
			undefined,
			snapshots.map(({ name, numbers, made_at }) => [
				name,
				[plural(numbers, 'number'), ', ', timeElement(made_at)],
				[button('Restore', () => restore(name, dialog)), ' ', button('Drop', () => drop(name, dialog))]
			])
		)
		const none = h('p.empty', 'No snapshot yet. Save one: it keeps numbers, faults and the clock under its name.')
		const dialog = openDialog(
			'Snapshots',
			[snapshots.length === 0 ? none : list, dialogField('Name of the snapshot', { placeholder: 'name' })],
			{
				label: 'Save a snapshot',
				async run({ asked: name }) {
					const save = async () => {
						await put(`snapshots/${encodeURIComponent(name)}`)
						notify(`Saved ${name}.`)
					}
					if (!snapshots.some((one) => one.name === name)) return save()
					dialog.close()
					return confirmLoss(`Replace ${name}?`, 'What the snapshot holds will be lost.', 'Replace', save)
				}
			}
		)
	}

	function restore(name, dialog) {
		dialog.close()
		return restoreBy(`snapshots/${name}`, 'Restore', `Restored ${name}.`)
	}

	function drop(name, dialog) {
		dialog.close()
		confirmLoss(`Drop ${name}?`, 'The snapshot will be lost.', 'Drop', async () => {
			await remove(`snapshots/${name}`)
			notify(`Dropped ${name}.`)
		})
	}

	return { element, load }
}
