import { fill, h } from './dom.js'
import { windowedList } from './windowed.js'

/** A list of links under its `heads`, and beside it the row that the address names: `#/<pane>/<key>`. */
export function splitList({ pane, kind, label, heads, keyOf, cellsOf, onEnd }) {
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
			`a.row.${kind}${opened === key ? '.selected' : ''}`,
			{ role: 'row', href: hrefOf(key), 'data-id': key },
			cellsOf(row).map(([name, content]) => h(name, { role: 'cell' }, content))
		)
	}

	return {
		element,
		/** Shows `content` in the place of the rows, which come back without it. */
		instead(content) {
			if (content) fill(master, content)
			else if (list.element.parentNode !== master) fill(master, heading, list.element)
		},
		detail,
		opened: () => opened,
		show(next, options) {
			rows = next
			list.show(rows, options)
		},
		/** Marks a row, and makes room for its detail. Without a key, it closes what is open. */
		open(key) {
			opened = key
			detail.hidden = key === undefined
			element.parentNode.classList.toggle('opened', key !== undefined)
			for (const one of list.element.querySelectorAll('.row')) one.classList.toggle('selected', one.dataset.id === key)
		},
		/** Opens the row before or after the open one. */
		move(step) {
			const index = rows.findIndex((row) => keyOf(row) === opened)
			const next = index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step))
			if (rows[next] === undefined) return
			list.reveal(next)
			// The next key may come before the address is read.
			opened = keyOf(rows[next])
			location.replace(hrefOf(opened))
		},
		close: () => opened !== undefined && (location.hash = `#/${pane}`)
	}
}
