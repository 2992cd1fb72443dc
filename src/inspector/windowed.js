import { h } from './dom.js'

const OVERSCAN = 8
const ROW = 36

/** A list that keeps only the rows in sight in the page, so that ten thousand cost as much as thirty. */
export function windowedList({ label, keyOf, render, onEnd }) {
	const body = h('div.rows', { role: 'rowgroup' })
	const element = h('div.windowed', { role: 'table', tabindex: 0, 'aria-label': label }, body)
	let rows = []
	let drawn = new Map()
	let frame = 0
	element.addEventListener('scroll', schedule, { passive: true })
	new ResizeObserver(schedule).observe(element)

	function schedule() {
		frame ||= requestAnimationFrame(draw)
	}

	function draw() {
		frame = 0
		const first = Math.max(0, Math.floor(element.scrollTop / ROW) - OVERSCAN)
		const last = Math.min(rows.length, Math.ceil((element.scrollTop + element.clientHeight) / ROW) + OVERSCAN)
		const next = new Map()
		for (let i = first; i < last; i++) {
			const key = keyOf(rows[i])
			const row = drawn.get(key) ?? render(rows[i])
			row.style.transform = `translateY(${i * ROW}px)`
			row.ariaRowIndex = i + 1
			next.set(key, row)
		}
		for (const [key, row] of drawn) if (!next.has(key)) row.remove()
		// In order, for screen readers. A row that stands right is not moved, and keeps the focus.
		let place = body.firstChild
		for (const row of next.values())
			if (row === place) place = row.nextSibling
			else body.insertBefore(row, place)
		drawn = next
		if (last === rows.length) onEnd?.()
	}

	return {
		element,
		/** Shows other rows. A scrolled list stays where it is, though rows arrive above. */
		show(next, { redraw = false } = {}) {
			const added = element.scrollTop > ROW && rows.length > 0 ? next.indexOf(rows[0]) : 0
			rows = next
			body.style.height = `${rows.length * ROW}px`
			element.ariaRowCount = rows.length
			if (redraw) {
				if (body.contains(document.activeElement)) element.focus({ preventScroll: true })
				body.replaceChildren()
				drawn = new Map()
			}
			if (added > 0) element.scrollTop += added * ROW
			schedule()
		},
		/** Scrolls to a row. */
		reveal(index) {
			const top = index * ROW
			element.scrollTop = Math.min(top, Math.max(element.scrollTop, top + ROW - element.clientHeight))
		}
	}
}
