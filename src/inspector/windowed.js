import { h } from './dom.js'

const OVERSCAN = 8

/** A list of rows of one height that keeps only those in sight in the page, so that ten thousand cost as much as thirty. */
export function windowedList({ rowHeight, label, keyOf, render, onEnd = () => undefined }) {
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
		const height = `${rows.length * rowHeight}px`
		if (body.style.height !== height) body.style.height = height
		const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - OVERSCAN)
		const last = Math.min(rows.length, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + OVERSCAN)
		const next = new Map()
		for (let i = first; i < last; i++) {
			const key = keyOf(rows[i])
			const row = drawn.get(key) ?? render(rows[i])
			row.style.transform = `translateY(${i * rowHeight}px)`
			row.setAttribute('aria-rowindex', String(i + 1))
			next.set(key, row)
			if (row.parentNode !== body) body.append(row)
		}
		for (const [key, row] of drawn) if (!next.has(key)) row.remove()
		drawn = next
		element.setAttribute('aria-rowcount', String(rows.length))
		if (last === rows.length) onEnd()
	}

	return {
		element,
		/** Shows other rows. A list that has been scrolled stays where the reader is, though rows arrive above. */
		show(next, { redraw = false } = {}) {
			const added = element.scrollTop > rowHeight && rows.length > 0 ? next.indexOf(rows[0]) : 0
			rows = next
			if (redraw) {
				body.replaceChildren()
				drawn = new Map()
			}
			if (added > 0) {
				body.style.height = `${rows.length * rowHeight}px`
				element.scrollTop += added * rowHeight
			}
			schedule()
		},
		/** Scrolls to a row. */
		reveal(index) {
			const top = index * rowHeight
			if (top < element.scrollTop) element.scrollTop = top
			else if (top + rowHeight > element.scrollTop + element.clientHeight)
				element.scrollTop = top + rowHeight - element.clientHeight
		}
	}
}
