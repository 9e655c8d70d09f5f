/* workloads.c - the tables, policies and questions. */
#include "workloads.h"

#define OLD "now() - interval '90 days'"
/* Due but for kind 7, which is held, and every fourth row, which is young. */
#define AGE "CASE WHEN g % 4 = 0 THEN now() ELSE " OLD " END"
#define KIND "CASE WHEN g % 50 = 1 THEN 7 ELSE 1 END"

const struct workload workloads[] = {
    {
        .name = "block ranges",
        .strategy = "block ranges",
        .rules = "holds: [{id: h, reason: r, table: m.blocks, where: \"kind = 7\"}]\n"
                 "rules:\n"
                 "  - {table: m.blocks, category: old, clock: at, action: purge,"
                 " cascade: [m.lines, m.notes]}\n",
        .schema =
            "CREATE TABLE m.blocks (id int, region int, at timestamptz, kind int, "
            "  PRIMARY KEY (id, region)) PARTITION BY LIST (region);"
            "CREATE TABLE m.blocks_0 PARTITION OF m.blocks FOR VALUES IN (0);"
            "CREATE TABLE m.blocks_1 PARTITION OF m.blocks FOR VALUES IN (1);"
            "CREATE TABLE m.blocks_2 PARTITION OF m.blocks FOR VALUES IN (2);"
            "CREATE TABLE m.blocks_3 PARTITION OF m.blocks FOR VALUES IN (3);"
            "CREATE TABLE m.lines (block int, region int, "
            "  FOREIGN KEY (block, region) REFERENCES m.blocks ON DELETE CASCADE);"
            "CREATE TABLE m.notes (block int, region int, "
            "  FOREIGN KEY (block, region) REFERENCES m.blocks ON DELETE CASCADE);"
            "CREATE INDEX ON m.lines (block, region); CREATE INDEX ON m.notes (block, region);"
            "INSERT INTO m.blocks SELECT g, g / 4 % 4, " AGE ", " KIND
            "  FROM generate_series(0, 1199) g;"
            "INSERT INTO m.lines SELECT g, g / 4 % 4 FROM generate_series(0, 1199) g, "
            "  generate_series(1, 2);"
            "INSERT INTO m.notes SELECT g, g / 4 % 4 FROM generate_series(0, 599) g",
        .wrong = "SELECT 300 + 24 - count(*) FILTER (WHERE id % 4 = 0 OR kind = 7) FROM m.blocks",
        .checks = {{"m.blocks-old", NULL, "SELECT 1200 - count(*) FROM m.blocks", 876},
                   {"m.blocks-old", "m.lines", "SELECT 2400 - count(*) FROM m.lines", 1752},
                   {"m.blocks-old", "m.notes", "SELECT 600 - count(*) FROM m.notes", 438}},
        .check_count = 3,
    },
    {
        .name = "clock slices",
        .strategy = "clock slices",
        .rules = "holds: [{id: h, reason: r, table: m.slices_2, where: \"kind = 7\"}]\n"
                 "rules:\n"
                 "  - {table: m.slices_1, category: old, clock: at, action: purge}\n"
                 "  - {table: m.slices_2, category: old, clock: at, action: purge}\n"
                 "  - {table: m.slices_3, category: old, clock: at, action: purge}\n",
        .schema = "CREATE TABLE m.slices_1 (id int, at timestamptz, kind int);"
                  "CREATE TABLE m.slices_2 (id int, at timestamptz, kind int);"
                  "CREATE TABLE m.slices_3 (id int, at timestamptz, kind int);"
                  "INSERT INTO m.slices_1 SELECT g, now() - interval '30 days 7 minutes' + "
                  "  (g - 499) * interval '15 minutes', " KIND "  FROM generate_series(0, 2999) g;"
                  "INSERT INTO m.slices_2 SELECT * FROM m.slices_1;"
                  "INSERT INTO m.slices_3 SELECT * FROM m.slices_1;"
                  "CREATE INDEX ON m.slices_1 (at); CREATE INDEX ON m.slices_2 (at); "
                  "CREATE INDEX ON m.slices_3 (at); ANALYZE m.slices_1, m.slices_2, m.slices_3",
        .wrong = "SELECT 3 * 2500 + 10 - (SELECT count(*) FROM m.slices_1 WHERE id >= 500) - "
                 "  (SELECT count(*) FROM m.slices_2 WHERE id >= 500 OR kind = 7) - "
                 "  (SELECT count(*) FROM m.slices_3 WHERE id >= 500)",
        .checks = {{"m.slices_1-old", NULL, "SELECT 3000 - count(*) FROM m.slices_1", 500},
                   {"m.slices_2-old", NULL, "SELECT 3000 - count(*) FROM m.slices_2", 490},
                   {"m.slices_3-old", NULL, "SELECT 3000 - count(*) FROM m.slices_3", 500}},
        .check_count = 3,
    },
    {
        /* the row of kind 7 keeps parts_2, which goes by block ranges as parts_4 does; a test may
         * put another into parts_1, so that it is attached again */
        .name = "partition",
        .strategy = "partition",
        .rules = "holds: [{id: h, reason: r, table: m.parts, where: \"kind = 7\"}]\n"
                 "rules:\n"
                 "  - {table: m.parts, category: old, clock: at, action: purge}\n",
        .schema = "CREATE TABLE m.parts (id int, at timestamptz, kind int) PARTITION BY RANGE (at);"
                  "CREATE TABLE m.parts_1 PARTITION OF m.parts FOR VALUES FROM (MINVALUE) TO "
                  "  ('2001-02-01');"
                  "CREATE TABLE m.parts_2 PARTITION OF m.parts FOR VALUES FROM ('2001-02-01') TO "
                  "  ('2001-03-01');"
                  "CREATE TABLE m.parts_3 PARTITION OF m.parts FOR VALUES FROM ('2001-03-01') TO "
                  "  ('2001-04-01');"
                  "CREATE TABLE m.parts_4 PARTITION OF m.parts FOR VALUES FROM ('2001-04-01') TO "
                  "  (MAXVALUE);"
                  "INSERT INTO m.parts SELECT g, timestamptz '2001-01-01' + g * interval '1 hour', "
                  "  CASE WHEN g = 1000 THEN 7 ELSE 1 END FROM generate_series(0, 2999) g;"
                  "INSERT INTO m.parts SELECT g, now(), 1 FROM generate_series(1, 200) g;"
                  /* in partitions that are attached and in those that are not */
                  "CREATE FUNCTION m.parts_rows(condition text) RETURNS bigint LANGUAGE plpgsql AS "
                  "$f$ DECLARE part text; part_rows bigint; all_rows bigint := 0; BEGIN "
                  "  FOR part IN SELECT c.oid::regclass FROM pg_class c WHERE c.relkind = 'r' AND "
                  "    c.relname LIKE 'parts@__' ESCAPE '@' LOOP "
                  "    EXECUTE format('SELECT count(*) FROM ONLY %s WHERE %s', part, condition) "
                  "      INTO part_rows; "
                  "    all_rows := all_rows + part_rows; "
                  "  END LOOP; RETURN all_rows; END $f$",
        .wrong = "SELECT (m.parts_rows('kind = 7 OR at > now() - interval $$1 day$$') NOT IN "
                 "  (201, 202))::int",
        .checks = {{"m.parts-old", NULL, "SELECT 3199 - m.parts_rows('kind <> 7')", 2999}},
        .check_count = 1,
    },
    {
        .name = "anonymise",
        .strategy = "block ranges",
        .rules = "holds: [{id: h, reason: r, table: m.people, where: \"kind = 7\"}]\n"
                 "rules:\n"
                 "  - {table: m.people, category: old, clock: at, action: anonymise,"
                 " mask: {name: null, mail: unique}}\n",
        .schema = "CREATE TABLE m.people (region int, at timestamptz, kind int, name text, "
                  "  mail text) PARTITION BY LIST (region);"
                  "CREATE TABLE m.people_0 PARTITION OF m.people FOR VALUES IN (0);"
                  "CREATE TABLE m.people_1 PARTITION OF m.people FOR VALUES IN (1);"
                  "CREATE TABLE m.people_2 PARTITION OF m.people FOR VALUES IN (2);"
                  "CREATE TABLE m.people_3 PARTITION OF m.people FOR VALUES IN (3);"
                  "INSERT INTO m.people SELECT g / 4 % 4, " AGE ", " KIND
                  ", 'somebody', 'zq' || g || '@example.org' FROM generate_series(0, 1199) g",
        .wrong = "SELECT 1200 - count(*) + count(*) FILTER (WHERE name IS NULL AND "
                 "  (kind = 7 OR at > now() - interval '1 day' OR mail LIKE 'zq%')) FROM m.people",
        .checks = {{"m.people-old", NULL, "SELECT count(*) FROM m.people WHERE name IS NULL", 876}},
        .check_count = 1,
    },
    {
        .name = "summarise",
        .strategy = "clock slices",
        .rules = "rules:\n"
                 "  - {table: m.visits, category: old, clock: at, action: summarise,"
                 " into: m.days, period: day, by: [kind], measures: {n: count, ids: {sum: id}}}\n",
        .schema = "CREATE TABLE m.visits (id int, at date, kind text);"
                  "CREATE INDEX ON m.visits (at);"
                  "CREATE TABLE m.days (period date, kind text, n bigint, ids bigint);"
                  "INSERT INTO m.visits SELECT g, current_date - 60 - g % 6, 'kind ' || g % 3 "
                  "  FROM generate_series(1, 900) g;"
                  "INSERT INTO m.visits SELECT 0, current_date, 'young' "
                  "  FROM generate_series(1, 100) g; ANALYZE m.visits",
        /* each visit is there or counted, and only once */
        .wrong = "SELECT abs(1000 - count(*) - (SELECT coalesce(sum(n), 0) FROM m.days)) "
                 "  + abs(405450 - sum(id) - (SELECT coalesce(sum(ids), 0) FROM m.days)) "
                 "  FROM m.visits",
        .checks = {{"m.visits-old", NULL, "SELECT 1000 - count(*) FROM m.visits", 900}},
        .check_count = 1,
    },
};
const size_t workload_count = sizeof workloads / sizeof workloads[0];
