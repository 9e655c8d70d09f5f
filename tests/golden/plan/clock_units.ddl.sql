CREATE TABLE app.events (kind integer, s integer, n numeric, ms bigint, d double precision, us bigint, id uuid, key char(26));
