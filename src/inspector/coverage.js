import { download, get, linkTo, remove } from './api.js'
import { adviceElement, button, confirmLoss, fill, h, notify } from './dom.js'

const FORMATS = [
	['HTML', 'html'],
	['JSON', 'json'],
	['JUnit', 'xml'],
	['Markdown', 'md'],
	['Text', 'txt']
]

/** Which documented outcomes the client has met, and the contract warnings. */
export function coveragePane() {
	const content = h('div.stack')
	const openPlace = h('span')
	const element = h(
		'div.pane',
		h(
			'div.toolbar',
			h('span.quiet', 'Report'),
			openPlace,
			FORMATS.map(([label, ending]) =>
				button(label, () => download(`contract?format=${label.toLowerCase()}`, `contract.${ending}`))
			),
			h('span.spring'),
			button('Begin a new report', begin, 'trash')
		),
		content
	)

	function begin() {
		confirmLoss('Begin a new report?', 'The outcomes and warnings so far will be lost.', 'Begin', async () => {
			await remove('contract')
			notify('The report is empty.')
			await load()
		})
	}

	async function load() {
		const { summary, warnings, operations } = await get('contract')
		const { seen, of, percent } = summary.documented
		const href = linkTo('contract?format=html')
		fill(openPlace, href && h('a.button', { href, target: '_blank', rel: 'noopener' }, 'Open'))
		fill(
			content,
			h(
				'div.coverage',
				h('p.percent', `${percent} %`),
				h(
					'div',
					h('p', `${seen} of ${of} documented outcomes seen`),
					h('progress', { value: seen, max: of, 'aria-label': 'Documented outcomes seen' })
				)
			),
			h('h2', 'Warnings'),
			warnings.length === 0
				? h('p.empty', 'No warning yet. A request that differs from the document appears here, with advice.')
				: warnings.map(warningElement),
			h('h2', 'Outcomes'),
			h('div.grid', operations.filter(isShown).map(operationElement))
		)
	}

	return { element, show: load, load, reloadsOn: ['request', 'reset'] }
}

/** The operations of the document, and the others once the client has used them. */
function isShown({ documented, outcomes }) {
	return documented || outcomes.some(({ count }) => count > 0)
}

function warningElement({ code, means, advice, section, count, first }) {
	return adviceElement(
		h('span.badge.warning', code),
		[means, h('span.quiet', ` ×${count}`)],
		advice,
		h('span.quiet', `Document: ${section}. First: ${first.method} ${first.url}`)
	)
}

function operationElement({ name, source, outcomes }) {
	const seen = outcomes.filter(({ count }) => count > 0)
	const open = outcomes.filter(({ count, documented }) => count === 0 && documented)
	return h(
		'article.card',
		h('h3', { title: source }, name),
		h(
			'ul.outcomes',
			[...seen, ...open].map(({ name: outcome, status, means, count, first }) =>
				h(
					`li${count > 0 ? '.seen' : '.open'}`,
					{ title: `${outcome}: ${means}${first ? `\nFirst: ${first.method} ${first.url}` : ''}` },
					h('span.mark', { role: 'img', 'aria-label': count > 0 ? 'seen' : 'not seen' }, count > 0 ? '✓' : '○'),
					h('span.grow', outcome),
					h('span.quiet', count > 0 ? `×${count}` : status === 'success' ? '' : status)
				)
			)
		)
	)
}
