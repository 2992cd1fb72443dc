import { h } from './dom.js'

const STEPS = [
	[60, 1, 's'],
	[3600, 60, 'min'],
	[86_400, 3600, 'h'],
	[Infinity, 86_400, 'd']
]

/** `now`, `12 s`, `3 min`, `2 h`: how long ago a time was (Unix milliseconds). */
export function ago(time) {
	const seconds = Math.max(0, (Date.now() - time) / 1000)
	if (seconds < 2) return 'now'
	const [, unit, name] = STEPS.find(([below]) => seconds < below)
	return `${Math.floor(seconds / unit)} ${name}`
}

/** A time: relative, and whole on hover. */
export function timeElement(time) {
	const text = new Date(time).toISOString()
	return h('time', { datetime: text, title: text }, ago(Date.parse(text)))
}

/** Brings all relative times up to date. */
export function refreshTimes() {
	for (const element of document.querySelectorAll('time')) {
		const text = ago(Date.parse(element.dateTime))
		if (element.textContent !== text) element.textContent = text
	}
}

const GREGORIAN_EPOCH_SECONDS = 62_167_219_200

/** A time of the sandbox's clock, in Gregorian seconds. */
export const instant = (seconds) =>
	new Date((seconds - GREGORIAN_EPOCH_SECONDS) * 1000).toISOString().replace(/\.\d+/, '')

export function plural(count, one, many = `${one}s`) {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** Two digits' worth of milliseconds: `0.4 ms`, `12 ms`, `3.1 s`. */
export function duration(ms) {
	if (ms < 1) return `${ms.toFixed(1)} ms`
	return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** The text of a body: JSON with folds, whose names begin with `at`, anything else as it is. */
export function bodyElement(text, at) {
	if (text === '') return h('p.quiet', 'no body')
	const value = parse(text)
	return value === undefined ? h('pre.json', text) : h('div.json', jsonElement(value, at))
}

/** Reads JSON; undefined where a text is none. */
export function parse(text) {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

/** A JSON value; objects and lists with content fold. */
export function jsonElement(value, at = '', isOpen = true) {
	if (value === null || typeof value !== 'object') return scalar(value)
	const isList = Array.isArray(value)
	const entries = Object.entries(value)
	const [open, close] = isList ? '[]' : '{}'
	if (entries.length === 0) return h('span', open + close)
	return h(
		'details',
		{ open: isOpen, 'data-fold': at },
		h('summary', open, h('span.folded', ` ${plural(entries.length, isList ? 'item' : 'key')} ${close}`)),
		h(
			'ul',
			entries.map(([key, one]) =>
				h('li', isList ? '' : [h('span.key', key), ': '], jsonElement(one, `${at}/${key}`, entries.length <= 100))
			)
		),
		h('span', close)
	)
}

function scalar(value) {
	if (typeof value === 'string') return h('span.string', JSON.stringify(value))
	return h(`span${value === null ? '.null' : ''}`, String(value))
}

/** A path with its account and number marked. Its start gives way on narrow screens. */
export function pathElement(url) {
	const [, start = '', account, middle = '', rest] =
		/^(?:(\/v2\/accounts\/)([0-9a-f]{32})(\/phone_numbers(?=\/)|(?=\/)))?(.*)$/s.exec(url)
	const parts = rest.split(/((?:%2B|\+)\d{4,15})/i)
	return h(
		'span.path',
		{ title: url },
		h('span.start', start, account && h('span.account', `${account.slice(0, 6)}…`), middle),
		parts.map((part, i) => (i % 2 === 0 ? part : h('span.number', part.replace(/%2B/i, '+'))))
	)
}

/** What a request did, as the list and the detail say it. */
export const outcomeText = (operation, outcome) => (operation === null ? 'no route' : `${operation}.${outcome ?? '—'}`)

/** The class of a status: `s2` for 2xx, `s0` where no answer was sent. */
export function statusElement(status) {
	return h(`span.status.s${Math.floor(status / 100)}`, status || '—')
}
