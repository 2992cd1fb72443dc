-- A world is one isolated set of numbers: what a sandbox holds between two resets. A world shows its own rows and, where
-- it has none for a key, the rows of its base (the fixtures), so that making or resetting one copies nothing.
CREATE TABLE number (
  world    INTEGER NOT NULL,
  e164     TEXT    NOT NULL,
  -- NULL: the base has this number, this world no longer. A list would be searched through an index of its own each time.
  state    TEXT    CHECK (state = 'in_service' OR state = 'available' OR state = 'reserved' OR state = 'discovery' OR
                          state = 'aging' OR state = 'port_in' OR state = 'port_out' OR state = 'released' OR
                          state = 'deleted'),
  owner    TEXT,             -- account id; NULL in the pool
  carrier  TEXT    NOT NULL CHECK (carrier = 'external' OR carrier = 'local'),
  document TEXT    NOT NULL, -- JSON object: the public fields
  features TEXT    NOT NULL, -- JSON list of names, sorted
  used_by  TEXT,
  history  TEXT    NOT NULL, -- JSON list of account ids, the latest reservation first
  created  INTEGER NOT NULL, -- Gregorian seconds
  modified INTEGER NOT NULL, -- Gregorian seconds
  due      INTEGER,          -- Gregorian seconds when the first of it happens by itself
  pending  TEXT,             -- JSON object: what it waits for, by kind; NULL for nothing
  PRIMARY KEY (world, e164)
) STRICT, WITHOUT ROWID;

CREATE INDEX number_of_owner ON number (world, owner, e164) WHERE owner IS NOT NULL;
CREATE INDEX number_in_pool ON number (world, e164) WHERE state = 'available';
CREATE INDEX number_due ON number (world, due) WHERE due IS NOT NULL;

-- How many numbers of a block have a record, so that a search skips them without reading them. Only what differs from the
-- base is counted, so the two add up.
CREATE TABLE block (
  world    INTEGER NOT NULL,
  digits   INTEGER NOT NULL CHECK (digits IN (6, 8)),
  block    TEXT    NOT NULL, -- the first digits of the ten-digit number
  recorded INTEGER NOT NULL,
  pooled   INTEGER NOT NULL, -- those among them that are available
  PRIMARY KEY (world, digits, block)
) STRICT, WITHOUT ROWID;

-- What searches have returned: runs of ten-digit numbers, apart from one another.
CREATE TABLE offer (
  world INTEGER NOT NULL,
  first TEXT    NOT NULL,
  last  TEXT    NOT NULL,
  PRIMARY KEY (world, first)
) STRICT, WITHOUT ROWID;

-- The pages of the reference implementation's search, which later pages are cut from.
CREATE TABLE found (
  world   INTEGER NOT NULL,
  query   TEXT    NOT NULL, -- prefix, account and token
  numbers TEXT    NOT NULL, -- JSON list of {number, state}
  PRIMARY KEY (world, query)
) STRICT, WITHOUT ROWID;

-- How often a magic number that recovers has been tried.
CREATE TABLE attempt (
  world INTEGER NOT NULL,
  e164  TEXT    NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (world, e164)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  world   INTEGER NOT NULL,
  token   TEXT    NOT NULL,
  account TEXT    NOT NULL,
  expires INTEGER NOT NULL, -- Gregorian seconds
  PRIMARY KEY (world, token)
) STRICT, WITHOUT ROWID;

-- The worlds in use, by the name of their sandbox. Whatever belongs to another world is swept away.
CREATE TABLE sandbox (
  name  TEXT    PRIMARY KEY,
  world INTEGER NOT NULL,
  base  INTEGER NOT NULL -- the world that shows through
) STRICT, WITHOUT ROWID;
