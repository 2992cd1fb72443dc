-- The numbers that have a record: all that an account holds or has held, and what the fixtures put there.
CREATE TABLE number (
  e164     TEXT    PRIMARY KEY,
  -- A list would be searched through an index of its own on each write.
  state    TEXT    NOT NULL
           CHECK (state = 'in_service' OR state = 'available' OR state = 'reserved' OR state = 'discovery' OR
                  state = 'aging' OR state = 'port_in' OR state = 'port_out' OR state = 'released' OR
                  state = 'deleted'),
  owner    TEXT,             -- account id; NULL for a number on no account
  carrier  TEXT    NOT NULL CHECK (carrier = 'external' OR carrier = 'local'),
  document TEXT    NOT NULL, -- JSON object: the public fields
  features TEXT    NOT NULL, -- JSON list of names, sorted
  used_by  TEXT,
  history  TEXT    NOT NULL, -- JSON list of account ids, the latest reservation first
  created  INTEGER NOT NULL, -- Gregorian seconds
  modified INTEGER NOT NULL, -- Gregorian seconds
  due      INTEGER,          -- Gregorian seconds of the first change that comes by itself
  pending  TEXT              -- JSON object: what it waits for, by kind; NULL for nothing
) STRICT, WITHOUT ROWID;

-- Holds every column that a list shows, so that a list does not read the rows themselves.
CREATE INDEX number_of_owner ON number (owner, e164, state, carrier, features, used_by, created, modified)
  WHERE owner IS NOT NULL;
CREATE INDEX available_number ON number (e164) WHERE state = 'available';
CREATE INDEX due_number ON number (due) WHERE due IS NOT NULL;

-- How many numbers of an exchange (NPA-NXX) have a record, so that a search skips them without reading them.
CREATE TABLE exchange_count (
  exchange  TEXT    PRIMARY KEY,
  recorded  INTEGER NOT NULL,
  available INTEGER NOT NULL -- those among them in that state
) STRICT, WITHOUT ROWID;

-- How many numbers an account has, so that the list of an account above it need not count them.
CREATE TABLE owner_count (
  owner   TEXT    PRIMARY KEY,
  numbers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A number that begins with +1 is one of the North American plan: +1, area code, exchange, line.
CREATE TRIGGER count_inserted_number AFTER INSERT ON number
BEGIN
  INSERT INTO exchange_count SELECT substr(NEW.e164, 3, 6), 1, NEW.state = 'available' WHERE NEW.e164 GLOB '+1*'
    ON CONFLICT DO UPDATE SET recorded = recorded + 1, available = available + excluded.available;
  INSERT INTO owner_count SELECT NEW.owner, 1 WHERE NEW.owner IS NOT NULL
    ON CONFLICT DO UPDATE SET numbers = numbers + 1;
END;

CREATE TRIGGER count_changed_number AFTER UPDATE OF state, owner ON number
BEGIN
  UPDATE exchange_count SET available = available + (NEW.state = 'available') - (OLD.state = 'available')
    WHERE exchange = substr(NEW.e164, 3, 6);
  UPDATE owner_count SET numbers = numbers - 1 WHERE owner = OLD.owner;
  INSERT INTO owner_count SELECT NEW.owner, 1 WHERE NEW.owner IS NOT NULL
    ON CONFLICT DO UPDATE SET numbers = numbers + 1;
END;

CREATE TRIGGER count_deleted_number AFTER DELETE ON number
BEGIN
  UPDATE exchange_count SET recorded = recorded - 1, available = available - (OLD.state = 'available')
    WHERE exchange = substr(OLD.e164, 3, 6);
  UPDATE owner_count SET numbers = numbers - 1 WHERE owner = OLD.owner;
END;

-- What searches have returned: ranges of ten-digit numbers that neither overlap nor touch.
CREATE TABLE discovery (
  first TEXT PRIMARY KEY,
  last  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The first pages of the reference implementation's searches, which the later pages are cut from.
CREATE TABLE search_page (
  query   TEXT PRIMARY KEY, -- prefix, account and token
  numbers TEXT NOT NULL     -- JSON list of {number, state}
) STRICT, WITHOUT ROWID;

-- How often a magic number that recovers has been tried.
CREATE TABLE magic_attempt (
  e164  TEXT    PRIMARY KEY,
  tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  token   TEXT    PRIMARY KEY,
  account TEXT    NOT NULL,
  expires INTEGER NOT NULL -- Gregorian seconds
) STRICT, WITHOUT ROWID;
