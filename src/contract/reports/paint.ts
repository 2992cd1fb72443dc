export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

/** Shows a text in a style, where the output has it. */
export type Paint = (style: Style, text: string) => string

/** Leaves a text as it is. */
export const unpainted: Paint = (_style, text) => text
