/** How the description presents a call of the admin API. */
interface AdminOperation {
  /** A verb, as generated clients call it. */
  operationId: string
  summary: string
  description: string
}

/** The calls of the admin API by method and path, in the words of its description. */
export const ADMIN_OPERATIONS: Readonly<Record<string, AdminOperation>> = {
  'GET /openapi.json': {
    operationId: 'describeAdminApi',
    summary: 'Get this description',
    description: 'Returns the admin API in OpenAPI 3.1. The description of the emulated API is at `/openapi.json`.'
  },
  'GET /health': {
    operationId: 'checkHealth',
    summary: 'Check that the emulator runs',
    description: 'Returns the version and the seconds since the start. It needs no token, and the log leaves it out.'
  },
  'GET /ready': {
    operationId: 'checkReadiness',
    summary: 'Check that the emulator is ready',
    description: 'Answers once the fixtures are loaded. It needs no token, and the log leaves it out.'
  },
  'POST /reset': {
    operationId: 'resetSandbox',
    summary: 'Reset the sandbox',
    description:
      'Puts everything back to the fixtures, or empties it with `?to=empty`. `?only=numbers,faults` resets some parts, and ' +
      '`?account=` the numbers, tokens, rate limits and fault rules of one account. The settings and the contract report stay.'
  },
  'GET /accounts': {
    operationId: 'listAccounts',
    summary: 'List the accounts',
    description: 'Returns the accounts of the sandbox with their ids, API keys, users, passwords and tokens.'
  },
  'GET /state': {
    operationId: 'exportState',
    summary: 'Export the state',
    description: 'Returns everything that the sandbox holds as one state document, which `PUT /state` takes.'
  },
  'PUT /state': {
    operationId: 'importState',
    summary: 'Replace the state',
    description:
      'Replaces what the sandbox holds by a state document, or by the parts that it has. All of it, or nothing. It has at most 32 MB.'
  },
  'POST /numbers': {
    operationId: 'putNumbers',
    summary: 'Put numbers into the sandbox',
    description:
      'Stores one number or a list as they are, past the rules, in any state and for any account. ' +
      'A number that exists is replaced. All are stored, or none. At most 25,000 numbers and 8 MB are taken.'
  },
  'GET /numbers': {
    operationId: 'listNumbers',
    summary: 'List the numbers',
    description:
      'Lists the numbers of all accounts, or of one account, state or prefix, in pages, with the count of each state. ' +
      'The next page begins at `next_start_key`.'
  },
  'GET /numbers/{number}': {
    operationId: 'getNumber',
    summary: 'Get a number',
    description:
      'Returns a number with its document, features, delays, and the changes of its state that the journal still holds.'
  },
  'GET /states': {
    operationId: 'listStates',
    summary: 'List the states and transitions',
    description: 'Returns the state machine of the numbers: every state, and where each action leads.'
  },
  'GET /magic': {
    operationId: 'listMagicInputs',
    summary: 'List the magic numbers and addresses',
    description:
      'Returns the numbers and addresses that always have the same outcome, so that a test needs no fault rule.'
  },
  'GET /outcomes': {
    operationId: 'listOutcomes',
    summary: 'List the outcomes of each operation',
    description: 'Returns the names that fault rules, request patterns and the header `Prefer: example=` take.'
  },
  'GET /fidelity': {
    operationId: 'getFidelity',
    summary: 'Tell where each outcome comes from',
    description:
      'Tells for every outcome whether the document shows it, only the reference implementation has it, or a part of it is ' +
      'assumed, with the heading or section, and whether `verify` has seen the real service agree.'
  },
  'GET /contract': {
    operationId: 'getContractReport',
    summary: 'Get the contract report',
    description:
      'Reports which outcomes the client has met, and where it differed from the document. ' +
      '`?format=` is `json`, `html`, `junit`, `markdown` or `text`; `?sandboxes=all` reports all sandboxes together. ' +
      '`?format=pact&consumer=shop` answers a contract of Pact with the shortest request of each outcome and its response.'
  },
  'DELETE /contract': {
    operationId: 'clearContractReport',
    summary: 'Begin a new contract report',
    description: 'Forgets what the client did so far: in this sandbox, or with `?sandboxes=all` in all of them.'
  },
  'POST /pact-states': {
    operationId: 'setPactState',
    summary: 'Set up a provider state of Pact',
    description:
      'Sets up what a contract presumes: numbers, a token, a login, a fault. The answer has the values that a verifier puts into ' +
      'its request. `"action": "teardown"` puts numbers and faults back to the fixtures.'
  },
  'GET /faults': {
    operationId: 'listFaults',
    summary: 'List the fault rules',
    description: 'Returns the rules in the order in which they are tried, each with the number of its hits.'
  },
  'POST /faults': {
    operationId: 'addFault',
    summary: 'Add a fault rule',
    description:
      'Makes requests fail: those of an operation, a number or an account, with one of its outcomes, a status, a delay or a ' +
      'broken connection, `times` times. With `phase: after` the operation is carried out, and its answer is lost. The first rule ' +
      'that fits a request counts.'
  },
  'PUT /faults': {
    operationId: 'replaceFaults',
    summary: 'Replace the fault rules',
    description: 'Puts a list of rules in the place of all others. One wrong rule leaves the old ones as they are.'
  },
  'DELETE /faults': {
    operationId: 'clearFaults',
    summary: 'Remove all fault rules',
    description: 'Removes every rule of the sandbox. No request fails because of one after that.'
  },
  'DELETE /faults/{id}': {
    operationId: 'removeFault',
    summary: 'Remove a fault rule',
    description: 'Removes one rule by its id. The others stay, in their order.'
  },
  'GET /clock': {
    operationId: 'getClock',
    summary: 'Get the time',
    description: 'Returns the time of the sandbox, in ISO 8601 and in the Gregorian seconds of the API, and its rate.'
  },
  'PUT /clock': {
    operationId: 'setClock',
    summary: 'Set the clock or its rate',
    description:
      'Sets the time, the rate, or both. Rate 0 freezes the clock, 1 runs as time does, 60 runs a minute a second.'
  },
  'POST /clock/advance': {
    operationId: 'advanceClock',
    summary: 'Advance the clock',
    description: 'Moves the time forward. Delays that fall due on the way end at once.'
  },
  'GET /requests': {
    operationId: 'listRequests',
    summary: 'List the requests of the journal',
    description: 'Returns the requests with their responses, the latest first, in the form of WireMock.'
  },
  'GET /requests/unmatched': {
    operationId: 'listUnmatchedRequests',
    summary: 'List the requests that met no route',
    description: 'Returns the requests of the journal for which there is no operation, in pages as the list of all has.'
  },
  'POST /requests/remove': {
    operationId: 'removeMatchingRequests',
    summary: 'Remove the requests that match',
    description: 'Forgets the requests of the journal that match every field of a pattern, and returns them.'
  },
  'DELETE /requests': {
    operationId: 'clearRequests',
    summary: 'Clear the journal',
    description: 'Forgets all requests. Numbers and the contract report stay.'
  },
  'GET /requests/{id}': {
    operationId: 'getRequest',
    summary: 'Get a request',
    description: 'Returns one request with its response, its outcome, its warnings and what it changed.'
  },
  'DELETE /requests/{id}': {
    operationId: 'removeRequest',
    summary: 'Remove a request from the journal',
    description: 'Forgets one request by its id. What it did stays.'
  },
  'POST /requests/count': {
    operationId: 'countRequests',
    summary: 'Count the requests that match',
    description: 'Counts the requests of the journal that match every field of a pattern. An empty pattern matches all.'
  },
  'POST /requests/find': {
    operationId: 'findRequests',
    summary: 'Find the requests that match',
    description: 'Returns the requests of the journal that match every field of a pattern, with their responses.'
  },
  'POST /requests/wait': {
    operationId: 'waitForRequests',
    summary: 'Wait for requests that match',
    description:
      'Answers once `count` requests match the pattern, those before the call included, or with status 408 after ' +
      '`timeout_ms`.'
  },
  'POST /requests/verify': {
    operationId: 'verifyRequests',
    summary: 'Verify how often requests match',
    description:
      'Answers 202 if as many requests match as `exactly`, `at_least` and `at_most` say, else 406 with what came instead.'
  },
  'GET /events': {
    operationId: 'streamEvents',
    summary: 'Stream what happens',
    description:
      'Sends requests, state changes, faults and resets as they happen, as server-sent events; with `since` or `Last-Event-ID` those that are kept first.'
  },
  'GET /timing': {
    operationId: 'getTiming',
    summary: 'Get the delays of E911, ports and aging',
    description:
      'Returns how long each of them takes from now on: `immediate`, `held`, `after_reads` or `after_seconds`.'
  },
  'PUT /timing': {
    operationId: 'setTiming',
    summary: 'Set the delays of E911, ports and aging',
    description: 'Sets some of them; the others stay. Delays that have begun end as they were to end.'
  },
  'GET /timing/waiting': {
    operationId: 'listDelays',
    summary: 'List what waits',
    description: 'Returns the delays that have begun: those that end at a time first, then those that a test ends.'
  },
  'POST /timing/release': {
    operationId: 'releaseDelays',
    summary: 'End delays now',
    description: 'Ends the delays of a number, of a kind, or all of them, and returns the numbers that waited.'
  },
  'GET /sandboxes': {
    operationId: 'listSandboxes',
    summary: 'List the sandboxes',
    description: 'Returns the sandboxes with the counts of their numbers and requests, and how many were dropped.'
  },
  'GET /sandboxes/{name}': {
    operationId: 'getSandbox',
    summary: 'Get a sandbox',
    description:
      'Returns the settings of a sandbox, which of them are its own, and which of those take effect with the next reset.'
  },
  'POST /sandboxes/{name}': {
    operationId: 'createSandbox',
    summary: 'Create a sandbox',
    description:
      'Creates a sandbox with settings of its own. One that exists keeps what it holds, and its settings are changed. ' +
      'The first use of a sandbox creates it, too.'
  },
  'PATCH /sandboxes/{name}': {
    operationId: 'setSandboxSettings',
    summary: 'Change the settings of a sandbox',
    description:
      'Changes the settings that the body names; null makes one that of the process again. All take effect at once, ' +
      'except for `random_seed`, which waits for the next reset.'
  },
  'DELETE /sandboxes/{name}': {
    operationId: 'dropSandbox',
    summary: 'Drop a sandbox',
    description:
      'Ends a sandbox with everything in it, and deletes its file. The default sandbox stays: reset it instead. A file that cannot be ' +
      'deleted is answered with 409.'
  },
  'GET /snapshots': {
    operationId: 'listSnapshots',
    summary: 'List the snapshots',
    description: 'Returns the saved states with the time at which they were saved and the count of their numbers.'
  },
  'GET /snapshots/{name}': {
    operationId: 'downloadSnapshot',
    summary: 'Download a snapshot',
    description: 'Returns a saved state as a state document.'
  },
  'PUT /snapshots/{name}': {
    operationId: 'saveSnapshot',
    summary: 'Save a snapshot',
    description: 'Saves the state of the sandbox under a name, or the state document in the body if there is one.'
  },
  'POST /snapshots/{name}': {
    operationId: 'restoreSnapshot',
    summary: 'Restore a snapshot',
    description: 'Puts a saved state in the place of what the sandbox holds now.'
  },
  'DELETE /snapshots/{name}': {
    operationId: 'dropSnapshot',
    summary: 'Delete a snapshot',
    description: 'Deletes a saved state. The sandbox stays as it is.'
  }
}
