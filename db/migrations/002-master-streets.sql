-- The master streets: which house numbers exist on which street. Coordinates are text, so that they survive byte for byte.
CREATE TABLE street (
  id          INTEGER PRIMARY KEY,
  country     TEXT    NOT NULL CHECK (country IN ('US', 'CA')),
  region      TEXT    NOT NULL,
  community   TEXT    NOT NULL,
  postal_city TEXT    NOT NULL,
  predir      TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  search_name TEXT    NOT NULL, -- the name as addresses are compared by it: FIRST is 1ST
  suffix      TEXT    NOT NULL,
  postdir     TEXT    NOT NULL,
  low         INTEGER NOT NULL,
  high        INTEGER NOT NULL CHECK (low <= high),
  parity      TEXT    NOT NULL CHECK (parity IN ('O', 'E', 'B')),
  postal_code TEXT    NOT NULL,
  plus_four   TEXT,
  latitude    TEXT    NOT NULL, -- degrees, WGS 84
  longitude   TEXT    NOT NULL, -- degrees, WGS 84
  unit_policy TEXT    NOT NULL CHECK (unit_policy IN ('optional', 'required'))
) STRICT;

CREATE INDEX street_by_name ON street (region, search_name);
CREATE INDEX street_by_postal_code ON street (region, postal_code);

CREATE TABLE point (
  street_id    INTEGER NOT NULL REFERENCES street (id),
  house_number TEXT    NOT NULL,
  unit         TEXT,
  plus_four    TEXT,
  latitude     TEXT,
  longitude    TEXT,
  location_id  TEXT
) STRICT;

CREATE UNIQUE INDEX point_by_house ON point (street_id, house_number, unit);

CREATE TABLE city_alias (
  region      TEXT NOT NULL,
  alias       TEXT NOT NULL,
  postal_city TEXT NOT NULL,
  PRIMARY KEY (region, alias)
) STRICT, WITHOUT ROWID;
