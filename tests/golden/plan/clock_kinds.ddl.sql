CREATE TABLE app.events (kind integer, tz timestamptz, ts timestamp, day date);
