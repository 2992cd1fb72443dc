import { emptyState, fill, h, icon, refill } from './dom.js'
import { windowedList } from './windowed.js'

/** A list of links under its `heads`, and beside it the row that the address names: `#/<pane>/<key>`, as `contentOf` shows it. */
export function splitList({ pane, kind, label, heads, keyOf, cellsOf, contentOf, onEnd }) {
	const hrefOf = (key) => `#/${pane}/${encodeURIComponent(key)}`
	const list = windowedList({ label, keyOf, render, onEnd })
	const detail = h('section.detail', { 'aria-label': `Open ${kind}`, hidden: true })
	const cells = heads.map((one) => h(one.replace(/^[^.]*/, 'span'), one.split('.')[0]))
	const heading = h(`div.row.${kind}.heading`, { 'aria-hidden': 'true' }, cells)
	const master = h('div.master', heading, list.element)
	const element = h('div.split', master, detail)
	let rows = []
	let opened

	function render(row) {
		const key = keyOf(row)
		return h(
			`a.row.${kind}`,
			{ role: 'row', tabindex: -1, href: hrefOf(key), 'data-id': key, 'aria-current': opened === key && 'true' },
			cellsOf(row).map(([name, content]) =>
				h(name, { role: 'cell', title: typeof content === 'string' && content }, content)
			)
		)
	}

	return {
		element,
		/** Shows other rows, or what `none` makes where there are none. */
		show(next, none, options) {
			rows = next
			if (rows.length === 0) fill(master, none())
			else if (list.element.parentNode !== master) fill(master, heading, list.element)
			list.show(rows, options)
		},
		/** Marks a row, and shows its detail. Without a key, it closes what is open. */
		async open(key) {
			opened = key
			if (key === undefined && detail.contains(document.activeElement)) list.element.focus()
			detail.hidden = key === undefined
			element.parentNode.classList.toggle('opened', key !== undefined)
			for (const one of list.element.querySelectorAll('.row')) one.ariaCurrent = one.dataset.id === key ? 'true' : null
			if (key === undefined) return
			const [title, ...parts] = await contentOf(key).catch(({ message }) => [
				key,
				emptyState(message, h('p', 'Close this, and choose one of the list.'))
			])
			if (opened !== key) return
			const close = h('a.button', { href: `#/${pane}`, 'aria-label': 'Close' }, icon('close'))
			if (detail.dataset.id !== key) fill(detail)
			refill(detail, h('header', h('h2', title), close), parts)
			detail.dataset.id = key
		},
		opened: () => opened,
		/** Opens the row before or after the open one. */
		move(step) {
			const index = rows.findIndex((row) => keyOf(row) === opened)
			const next = index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step))
			if (rows[next] === undefined) return
			list.reveal(next)
			// The next key may come before the address is read, here and in `close`.
			opened = keyOf(rows[next])
			location.replace(hrefOf(opened))
		},
		close() {
			if (opened === undefined) return
			opened = undefined
			location.hash = `#/${pane}`
		}
	}
}
