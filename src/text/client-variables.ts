/**
 * The environment variables in which a client finds the emulator: the base URL of the API, and that of the admin API, which
 * `adminClient` takes and `/__admin` follows.
 */
export const BASE_URL = 'ONEUC_BASE_URL'
export const ADMIN_URL = 'ONEUC_ADMIN_URL'
