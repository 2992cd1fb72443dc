/** Where the numbers of an account live. */
export const NUMBERS = '/v2/accounts/:account_id/phone_numbers'

/** Where one of them lives. */
export const NUMBER = `${NUMBERS}/:phone_number`

/** Before the name of a sandbox; behind it any other path follows. */
export const SANDBOXES = '/sandboxes/'
