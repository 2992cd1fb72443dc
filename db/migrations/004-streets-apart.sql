-- The master streets are nobody's to change and the same after each start: they have a database of their own, in memory.
DROP TABLE IF EXISTS point;
DROP TABLE IF EXISTS street;
DROP TABLE IF EXISTS city_alias;
