import { copyButton, h } from './dom.js'

/** What to do when nothing has called yet. */
export function emptyState({ apiUrl }) {
	const curl = `curl '${apiUrl()}/v2/phone_numbers?prefix=415&quantity=2'`
	return h(
		'div.empty',
		h('h2', 'Nothing has called yet'),
		h('p', 'Point your client at ', h('code', apiUrl()), ', or run:'),
		h(
			'div.command',
			h('code', curl),
			copyButton('Copy', () => curl)
		)
	)
}
