-- How many numbers of an exchange have a record, so that a search skips them without reading them. Only what differs from
-- the base is counted, so the two add up. Hundreds are counted when somebody asks for them.
DROP TABLE block;
CREATE TABLE block (
  world    INTEGER NOT NULL,
  exchange TEXT    NOT NULL, -- NPA-NXX
  recorded INTEGER NOT NULL,
  pooled   INTEGER NOT NULL, -- those among them that are available
  PRIMARY KEY (world, exchange)
) STRICT, WITHOUT ROWID;

INSERT INTO block (world, exchange, recorded, pooled)
SELECT own.world, substr(own.e164, 3, 6),
  SUM((own.state IS NOT NULL) - (base.state IS NOT NULL)),
  SUM((own.state IS 'available') - (base.state IS 'available'))
FROM number AS own
  LEFT JOIN sandbox ON sandbox.world = own.world
  LEFT JOIN number AS base ON base.world = sandbox.base AND base.e164 = own.e164
WHERE own.e164 GLOB '+1[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
GROUP BY 1, 2;
