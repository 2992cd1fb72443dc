/**
 * What becomes of a number, by its state, whose it is, and what is done to it (reference implementation). A cell is the
 * state afterwards or the failure; `same` is the state before, and `a / b` differs between `oneuc` and `kazoo-4.3`.
 * `400 from` names the state before and the one that the operation aims at. A row may stand for several states and
 * several owners.
 */

/** A customer that may add numbers, on its own path. */
export const CUSTOMER = `
before                    | whose                      | PUT        | PUT in_service | PUT reserved  | PUT available | port    | activate   | reserve       | POST | PATCH | DELETE          | GET             | identify
unknown                   | -                          | in_service | in_service     | reserved      | 403 state     | port_in | 500 / 404  | 404           | 404  | 404   | 404             | 404             | 404
offered                   | -                          | in_service | in_service     | reserved      | 403 state     | port_in | in_service | 404           | 404  | 404   | 404             | 404             | 404
available                 | unassigned                 | in_service | in_service     | reserved      | 403 state     | port_in | in_service | reserved      | same | same  | 404 / 400 from  | 404 / available | 400 unassigned
available                 | own                        | in_service | in_service     | 400 no change | 403 state     | port_in | in_service | reserved      | same | same  | 400 from        | same            | 400 not_in_service
available                 | child                      | in_service | in_service     | reserved      | 403 state     | port_in | in_service | reserved      | same | same  | 400 from        | same            | 400 not_in_service
available                 | reseller stranger          | in_service | 403            | 403           | 403 state     | port_in | in_service | 403           | same | same  | 404 / 400 from  | 404 / available | 400 not_in_service
reserved                  | own                        | 409        | 409            | 409           | 403 state     | 409     | in_service | 400 no change | same | same  | available       | same            | 200
reserved                  | child                      | 409        | 409            | 409           | 403 state     | 409     | in_service | reserved      | same | same  | available       | same            | 200
reserved                  | reseller                   | 409        | 409            | 409           | 403 state     | 409     | in_service | 403           | same | same  | 404 / 403       | 404 / reserved  | 200
reserved                  | unassigned                 | 409        | 409            | 409           | 403 state     | 409     | in_service | reserved      | same | same  | 404 / 403       | 404             | 400 unassigned
in_service                | own child                  | 409        | 409            | 409           | 403 state     | 409     | in_service | reserved      | same | same  | available       | same            | 200
in_service                | unassigned                 | 409        | 409            | 409           | 403 state     | 409     | in_service | reserved      | same | same  | 404 / 403       | 404             | 400 unassigned
port_in                   | own                        | in_service | in_service     | 400 no change | 403 state     | port_in | in_service | 400 from      | same | same  | available       | same            | 200
port_in                   | child                      | in_service | in_service     | reserved      | 403 state     | port_in | in_service | 400 from      | same | same  | available       | same            | 200
port_in                   | unassigned                 | in_service | in_service     | reserved      | 403 state     | port_in | in_service | 400 from      | same | same  | 404 / 403       | 404             | 400 unassigned
port_out                  | own child                  | 409        | 409            | 409           | 403 state     | 409     | 400 from   | 400 from      | same | same  | 400 from        | same            | 200
deleted                   | own child                  | 409        | 409            | 409           | 403 state     | 409     | 400 from   | 400 from      | same | same  | 400 from        | same            | 400 not_in_service
released                  | own child                  | 409        | 409            | 409           | 403 state     | 409     | 400 from   | 400 from      | same | same  | available       | same            | 400 not_in_service
port_out deleted released | unassigned                 | 409        | 409            | 409           | 403 state     | 409     | 400 from   | 400 from      | same | same  | 404 / 403       | 404             | 400 unassigned
aging                     | own                        | in_service | in_service     | 400 no change | 403 state     | port_in | in_service | 400 from      | same | same  | 400 from        | same            | 400 not_in_service
aging                     | child                      | in_service | in_service     | reserved      | 403 state     | port_in | in_service | 400 from      | same | same  | 400 from        | same            | 400 not_in_service
aging                     | unassigned                 | in_service | in_service     | reserved      | 403 state     | port_in | in_service | 400 from      | same | same  | 404 / 403       | 404             | 400 unassigned
discovery                 | own                        | in_service | in_service     | 400 no change | 403 state     | port_in | in_service | 404           | same | same  | 400 from        | same            | 400 not_in_service
discovery                 | unassigned                 | in_service | in_service     | reserved      | 403 state     | port_in | in_service | 404           | same | same  | 404 / 403       | 404             | 400 unassigned
in_service port_in port_out | reseller stranger        | 403        | 403            | 403           | 403           | 403     | 403        | 403           | 403  | 403   | 404 / 403       | 404             | 200
reserved                  | stranger                   | 403        | 403            | 403           | 403           | 403     | 403        | 403           | 403  | 403   | 404 / 403       | 404             | 200
released aging deleted discovery | reseller stranger   | 403        | 403            | 403           | 403           | 403     | 403        | 403           | 403  | 403   | 404 / 403       | 404             | 400 not_in_service
`

/** The same customer, where the number is of the local carrier: only the release differs. */
export const CUSTOMER_LOCAL = `
before                    | whose                      | DELETE
available reserved in_service port_in port_out released aging deleted discovery | own child  | available / deleted
available reserved in_service port_in port_out released aging deleted discovery | unassigned reseller stranger | 404 / 403
`

/** A parent, on the path of its child. */
export const PARENT = `
before                    | whose                      | PUT        | PUT reserved   | port    | activate   | reserve       | POST | PATCH | DELETE          | GET                | identify
available                 | unassigned                 | in_service | reserved       | port_in | in_service | reserved      | same | same  | 404 / 400 from  | 404 / available    | 400 unassigned
reserved                  | own                        | 409        | 409            | 409     | in_service | 400 no change | same | same  | available       | same               | 200
reserved                  | reseller                   | 409        | 409            | 409     | in_service | reserved      | same | same  | 404 / available | 404 / reserved     | 200
in_service                | own child                  | 409        | 409            | 409     | in_service | reserved      | same | same  | available       | same               | 200
in_service                | reseller                   | 409        | 409            | 409     | in_service | reserved      | same | same  | 404 / available | 404 / in_service   | 200
in_service                | stranger                   | 409        | 409            | 409     | in_service | reserved      | same | same  | 404 / available | 404 / in_service   | 200
in_service                | master                     | 403        | 403            | 403     | 403        | 403           | 403  | 403   | 404 / 403       | 404                | 200
port_in                   | reseller                   | in_service | reserved       | port_in | in_service | 400 from      | same | same  | 404 / available | 404 / port_in      | 200
aging                     | unassigned                 | in_service | reserved       | port_in | in_service | 400 from      | same | same  | 404 / 403       | 404                | 400 unassigned
`

/** An admin, on the path of a customer. */
export const ADMIN = `
before                    | whose                      | PUT        | PUT in_service | PUT reserved  | PUT available | PUT aging | PUT deleted | port    | activate   | reserve       | POST | PATCH | DELETE          | DELETE hard   | GET             | identify
unknown                   | -                          | in_service | in_service     | reserved      | available     | aging     | 403 state   | port_in | 500 / 404  | 404           | 404  | 404   | 404             | 404           | 404             | 404
available                 | unassigned                 | in_service | in_service     | reserved      | same          | aging     | 403 state   | port_in | in_service | reserved      | same | same  | 404 / 400 from  | 404 / deleted | 404 / available | 400 unassigned
available                 | own                        | in_service | in_service     | 400 no change | same          | aging     | 403 state   | port_in | in_service | reserved      | same | same  | 400 from        | deleted       | same            | 400 not_in_service
available                 | stranger                   | in_service | in_service     | reserved      | same          | aging     | 403 state   | port_in | in_service | reserved      | same | same  | 404 / 400 from  | 404 / deleted | 404 / available | 400 not_in_service
reserved                  | own                        | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | in_service | 400 no change | same | same  | available       | deleted       | same            | 200
reserved                  | stranger                   | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | in_service | reserved      | same | same  | 404 / available | 404 / deleted | 404 / reserved  | 200
reserved                  | unassigned                 | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | in_service | reserved      | same | same  | 404 / available | 404 / deleted | 404 / reserved  | 400 unassigned
in_service                | own child                  | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | in_service | reserved      | same | same  | available       | deleted       | same            | 200
in_service                | stranger                   | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | in_service | reserved      | same | same  | 404 / available | 404 / deleted | 404 / in_service | 200
port_in                   | own                        | in_service | in_service     | 400 no change | available     | aging     | 403 state   | port_in | in_service | 400 from      | same | same  | available       | deleted       | same            | 200
port_in                   | stranger                   | in_service | in_service     | reserved      | available     | aging     | 403 state   | port_in | in_service | 400 from      | same | same  | 404 / available | 404 / deleted | 404 / port_in   | 200
aging                     | own                        | in_service | in_service     | 400 no change | available     | same      | 403 state   | port_in | in_service | 400 from      | same | same  | 400 from        | deleted       | same            | 400 not_in_service
aging                     | unassigned                 | in_service | in_service     | reserved      | available     | same      | 403 state   | port_in | in_service | 400 from      | same | same  | 404 / 400 from  | 404 / deleted | 404 / aging     | 400 unassigned
released                  | unassigned                 | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | 400 from   | 400 from      | same | same  | 404 / available | 404 / deleted | 404 / released  | 400 unassigned
port_out deleted          | own                        | 409        | 409            | 409           | 409           | 409       | 403 state   | 409     | 400 from   | 400 from      | same | same  | 400 from        | deleted       | same            | 200 or resting
`

/** The same admin, where the number is of the local carrier. */
export const ADMIN_LOCAL = `
before                    | whose                      | DELETE
available reserved in_service port_in port_out released aging deleted discovery | own child  | available / deleted
available reserved in_service port_in port_out released aging deleted discovery | unassigned stranger | 404 / deleted
`

/** A customer that may not add numbers. */
export const NO_ADDITIONS = `
before                    | whose                      | PUT        | PUT reserved  | port    | activate   | reserve       | POST | PATCH | DELETE          | GET             | identify
unknown                   | -                          | 403 state  | 403 state     | port_in | 500 / 404  | 404           | 404  | 404   | 404             | 404             | 404
offered                   | -                          | 403 state  | 403 state     | port_in | in_service | 404           | 404  | 404   | 404             | 404             | 404
available                 | unassigned                 | 403 state  | 403 state     | port_in | in_service | reserved      | same | same  | 404 / 400 from  | 404 / available | 400 unassigned
reserved                  | own                        | 403 state  | 403 state     | 409     | in_service | 400 no change | same | same  | available       | same            | 200
in_service                | own                        | 403 state  | 403 state     | 409     | in_service | reserved      | same | same  | available       | same            | 200
port_in                   | own                        | 403 state  | 403 state     | port_in | in_service | 400 from      | same | same  | available       | same            | 200
aging                     | unassigned                 | 403 state  | 403 state     | port_in | in_service | 400 from      | same | same  | 404 / 403       | 404             | 400 unassigned
in_service reserved       | stranger                   | 403        | 403           | 403     | 403        | 403           | 403  | 403   | 404 / 403       | 404             | 200
`
