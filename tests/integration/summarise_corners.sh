#!/bin/bash
# The corners of summaries, each as small as it can be: what stands between a row and the statistics
# must leave both as they are. Counts are written in the test.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# Calls of January and February 2024, ids 1 to 30 and 101 to 130: 20 in, 8 out, 2 of no kind each.
calls="CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz, kind text, n int);
    CREATE INDEX ON app.calls (at);
    INSERT INTO app.calls SELECT month * 100 + g, date '2024-01-15' + month * interval '1 month',
        CASE WHEN g <= 20 THEN 'in' WHEN g <= 28 THEN 'out' END, g
      FROM generate_series(0, 1) month, generate_series(1, 30) g;"
statistics="CREATE TABLE app.statistics (period date, kind text, calls bigint, n bigint);"

summarise() { # summarise [MORE KEYS]: the usual rule
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: r, table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,
     period: month, by: [kind], measures: {calls: count, n: {sum: n}}${1:+, $1}}
YAML
}

counted() { # counted "PERIOD KIND CALLS, ...": exactly this is in app.statistics
    is "$(sql -c "SELECT string_agg(concat_ws(' ', to_char(period, 'MM'), coalesce(kind, '-'),
        calls), ', ' ORDER BY period, kind) FROM app.statistics")" "$1" "$title: statistics"
}

reason() { jq -r '.steps[0] | "\(.state) \(.sqlstate)"' "$out"; }

both_months="01 in 20, 01 other 10, 02 in 20, 02 other 10"

begin "as it should be" <<<"$calls $statistics"
summarise
run 0 "$title: enforce" enforce_new
counted "$both_months"
left app.calls none
is "$(sql -c "SELECT sum(n) FROM app.statistics")" 930 "$title: sums"

# Something keeps rows out of the statistics.

begin "a trigger drops rows of the statistics" <<SQL
$calls $statistics
CREATE FUNCTION app.drop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
    RETURN CASE WHEN NEW.kind = ''other'' THEN NULL ELSE NEW END; END';
CREATE TRIGGER t BEFORE INSERT ON app.statistics FOR EACH ROW EXECUTE FUNCTION app.drop();
SQL
summarise
run 8 "$title: enforce" enforce_new --format json
says "$out" "did not take every group" "$title: says why"
counted ""
is "$(rows app.calls)" 60 "$title: no row is gone"

begin "a key of the statistics does not fit" <<<"$calls $statistics
    CREATE UNIQUE INDEX ON app.statistics (period);"
summarise
run 8 "$title: enforce" enforce_new --format json
is "$(reason)" "failed 23505" "$title: state"
counted ""
is "$(rows app.calls)" 60 "$title: no row is gone"

begin "a number does not fit" <<<"$calls
    CREATE TABLE app.statistics (period date, kind text, calls bigint, n numeric(2, 0));"
summarise
run 8 "$title: enforce" enforce_new --format json
is "$(reason)" "failed 22003" "$title: state"
counted ""

# Something keeps rows of the table.

begin "a trigger keeps rows" <<SQL
$calls $statistics
CREATE FUNCTION app.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
    RETURN CASE WHEN OLD.id = 5 THEN NULL ELSE OLD END; END';
CREATE TRIGGER t BEFORE DELETE ON app.calls FOR EACH ROW EXECUTE FUNCTION app.keep();
SQL
summarise
run 8 "$title: enforce" enforce_new --format json
is "$(step r '\(.state) \(.changed) \(.left)')" "partial 59 1" "$title: outcome"
counted "01 in 19, 01 other 10, 02 in 20, 02 other 10"
left app.calls 5

begin "somebody holds a row" <<<"$calls $statistics"
summarise
hold_lock "UPDATE app.calls SET n = 1000 WHERE id = 105"
run 8 "$title: enforce" enforce_new --format json
release
is "$(step r '\(.state) \(.changed) \(.left)')" "partial 30 30" "$title: outcome"
says "$out" "month of 2024-02-01 left to the next run" "$title: says what was left"
counted "01 in 20, 01 other 10"
run 0 "$title: the next run" enforce_new
counted "$both_months"
is "$(sql -c "SELECT sum(n) FROM app.statistics")" 1925 "$title: the row as it became"
left app.calls none

begin "a period takes too long" <<<"$calls $statistics"
summarise
hold_lock "UPDATE app.calls SET n = 1000 WHERE id = 105"
enforce_new --format json >"$out" 2>"$err" &
await_blocked
sql -c "SELECT pg_cancel_backend(pid) FROM pg_stat_activity
    WHERE $locker_pid = ANY (pg_blocking_pids(pid))" >"$work/cancelled"
wait $!
is $? 8 "$title: exit 8"
release
is "$(step r '\(.state) \(.changed) \(.sqlstate)')" "failed 30 57014" "$title: outcome"
says "$out" "the month of 2024-02-01 takes too long .*choose a shorter period" "$title: a hint"
counted "01 in 20, 01 other 10"

begin "the statistics table changes" <<<"$calls $statistics"
summarise
hold_lock "ALTER TABLE app.statistics ADD COLUMN more int"
enforce_new --format json >"$out" 2>"$err" &
await_blocked
release
wait $!
is $? 5 "$title: exit 5"
counted ""
is "$(rows app.calls)" 60 "$title: no row is gone"

# Late rows, kinds that look like others, and small groups that are there.

begin "late rows" <<<"$calls $statistics"
summarise
run 0 "$title: enforce" enforce_new
sql -c "INSERT INTO app.calls VALUES (1, '2024-01-20', 'in', 1), (2, '2024-01-20', 'out', 2),
    (3, '2024-01-20', NULL, NULL), (4, '2024-03-20', 'in', NULL)"
run 0 "$title: enforce again" enforce
counted "01 in 21, 01 other 12, 02 in 20, 02 other 10, 03 other 1"
is "$(sql -c "SELECT n FROM app.statistics WHERE calls = 1")" 0 "$title: the sum of nothing is 0"
sql -c "INSERT INTO app.calls SELECT g, '2024-01-20', 'out', 1 FROM generate_series(1, 10) g"
run 0 "$title: enforce a third time" enforce
counted "01 in 21, 01 other 12, 01 out 10, 02 in 20, 02 other 10, 03 other 1"

begin "rows that say other, and NULL" <<<"$calls $statistics
    UPDATE app.calls SET kind = CASE WHEN id % 100 <= 12 THEN 'other' WHEN id % 100 <= 25 THEN NULL
        ELSE '' END WHERE id < 100;"
summarise
run 0 "$title: enforce" enforce_new
counted "01 other 17, 01 - 13, 02 in 20, 02 other 10"

begin "the same group twice in the statistics" <<<"$calls $statistics
    INSERT INTO app.statistics VALUES ('2024-01-01', 'in', 1, 1), ('2024-01-01', 'in', 2, NULL);"
summarise
run 0 "$title: enforce" enforce_new
is "$(sql -c "SELECT sum(calls), sum(n) FROM app.statistics WHERE kind = 'in'")" "43|421" \
    "$title: counted once"

begin "collations and types that differ" <<'SQL'
CREATE COLLATION app.folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE app.calls (id int PRIMARY KEY, at date, kind varchar(10) COLLATE app.folded, n int);
INSERT INTO app.calls SELECT g, '2024-01-15', CASE WHEN g <= 15 THEN 'In' ELSE 'in' END, g
  FROM generate_series(1, 30) g;
CREATE TABLE app.statistics (period timestamptz, kind text COLLATE "de-x-icu", calls int,
    n numeric);
SQL
summarise
run 0 "$title: enforce" enforce_new
counted "01 in 15, 01 In 15"
sql -c "INSERT INTO app.calls VALUES (1, '2024-01-16', 'In', 1)"
run 0 "$title: enforce again" enforce
counted "01 in 15, 01 In 16"

# Other tables.

family="CREATE TABLE app.parents (id int PRIMARY KEY, at timestamptz);
    CREATE TABLE app.calls (id int PRIMARY KEY, at timestamptz, kind text, n int,
        parent int REFERENCES app.parents ON DELETE CASCADE);
    CREATE INDEX ON app.calls (parent);
    INSERT INTO app.parents VALUES (1, '2024-01-01'), (2, '2024-01-01'), (3, '2024-01-01');
    INSERT INTO app.calls VALUES (1, '2024-01-15', 'in', 1, 1), (2, now(), 'in', 2, 2);"

begin "rows to be counted keep their parents" <<<"$family $statistics"
summarise
cat >>"$policy" <<'YAML'
  - {id: parents, table: app.parents, category: old, clock: at, action: purge}
YAML
enforced 0 --rule parents
left app.parents 1,2
left app.calls 1,2
counted ""
enforced 0
left app.parents 2
left app.calls 2
counted "01 other 1"

begin "rows that could not be counted keep their parents" <<<"$family
    CREATE TABLE app.statistics (period date, kind text, calls bigint CHECK (calls > 5), n bigint);"
summarise
cat >>"$policy" <<'YAML'
  - {id: parents, table: app.parents, category: old, clock: at, action: purge}
YAML
run 8 "$title: enforce" enforce_new --format json
is "$(step r '\(.state) \(.sqlstate)')" "failed 23514" "$title: the summary fails"
changed parents "1 0"
left app.parents 1,2
left app.calls 1,2

begin "rows to be counted and named by cascade" <<<"$family $statistics"
summarise
cat >>"$policy" <<'YAML'
  - {id: parents, table: app.parents, category: old, clock: at, action: purge, cascade: [app.calls]}
YAML
planned 0 ""
says "$out" summarise-cascade "$title: a warning"
enforced 0
counted "01 other 1"
left app.calls none

begin "what follows the counted rows" <<<"$calls $statistics
    CREATE TABLE app.notes (id int PRIMARY KEY, call int REFERENCES app.calls ON DELETE CASCADE);
    CREATE INDEX ON app.notes (call);
    INSERT INTO app.notes SELECT id, id FROM app.calls WHERE id % 10 = 0;"
summarise "cascade: [app.notes]"
enforced 0
changed r "60 6"
left app.notes none
counted "$both_months"

begin "a tree less one of its parts" <<SQL
CREATE TABLE app.calls (id int, at timestamptz, kind text, n int) PARTITION BY RANGE (id);
CREATE TABLE app.calls_1 PARTITION OF app.calls FOR VALUES FROM (0) TO (8);
CREATE TABLE app.calls_2 PARTITION OF app.calls FOR VALUES FROM (8) TO (20);
CREATE TABLE app.calls_3 PARTITION OF app.calls FOR VALUES FROM (20) TO (99);
INSERT INTO app.calls SELECT g, '2024-01-15', 'in', 1 FROM generate_series(1, 25) g;
$statistics
GRANT SELECT, DELETE ON app.calls TO eraser;
GRANT SELECT, INSERT, UPDATE ON app.statistics TO eraser;
SQL
summarise "except: [app.calls_3]"
PGUSER=eraser run 0 "$title: enforce with grants on the root alone" enforce_new
counted "01 in 19"
left app.calls 20,21,22,23,24,25

begin "days into months" <<<"$calls
    CREATE TABLE app.days (day date NOT NULL, kind text NOT NULL, calls bigint, n bigint,
        PRIMARY KEY (day, kind));
    UPDATE app.calls SET kind = 'none' WHERE kind IS NULL;
    ALTER TABLE app.calls ALTER kind SET NOT NULL;
    $statistics"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: days, table: app.calls, category: old, clock: at, action: summarise, into: app.days,
     period: {day: day}, by: [kind], measures: {calls: count, n: {sum: n}}}
  - {id: months, table: app.days, category: older, clock: day, action: summarise,
     into: app.statistics, period: month, by: [kind],
     measures: {calls: {sum: calls}, n: {sum: n}}, minimum: 1}
YAML
run 0 "$title: enforce" enforce_new
run 0 "$title: enforce again" enforce
counted "$both_months"
left app.calls none
is "$(rows app.days)" 0 "$title: no days are left"

# Guards.

begin "the brake before each COMMIT" <<<"$calls $statistics"
summarise
run 0 "$title: plan" plan --format json --as-of 2026-01-01T00:00:00Z
run 5 "$title: enforce" enforce --as-of 2026-01-01T00:00:00Z --expect-rows 30 \
    --expect "$(jq -r .digest "$out")"
counted "01 in 20, 01 other 10"
is "$(rows app.calls)" 30 "$title: the second month is there"

begin "another minimum is another rule" <<<"$calls $statistics"
summarise
run 0 "$title: enforce" enforce_new
sql -c "INSERT INTO app.calls VALUES (1, '2024-01-20', 'in', 1)"
run 0 "$title: enforce the same" enforce
sql -c "INSERT INTO app.calls VALUES (1, '2024-01-20', 'in', 1)"
summarise "minimum: 9"
run 5 "$title: enforce the other" enforce
left app.calls 1

# What the server says of columns and code.

begin "columns that tell rows or people apart" <<SQL
CREATE TABLE app.users (id int PRIMARY KEY);
CREATE TABLE app.calls (id int, at timestamptz, kind text, tag text, alone text UNIQUE,
    lower_alone text, owner int REFERENCES app.users, n int, UNIQUE (kind, tag));
CREATE UNIQUE INDEX ON app.calls (id) INCLUDE (n);
CREATE UNIQUE INDEX ON app.calls (tag) WHERE n > 5;
CREATE UNIQUE INDEX ON app.calls (lower(lower_alone));
CREATE TABLE app.parted (id int, at timestamptz, kind text, PRIMARY KEY (id, at))
    PARTITION BY RANGE (at);
CREATE TABLE app.wide (period date, id int, kind text, tag text, alone text, lower_alone text,
    owner int, n bigint, at timestamptz);
SQL
while read -r table columns codes; do
    title="by $columns of $table"
    write_policy <<YAML
subjects: [app.users]
rules:
  - {id: r, table: app.$table, category: old, clock: at, action: summarise, into: app.wide,
     period: month, by: [kind, $columns], measures: {n: count}}
YAML
    planned "$([[ $codes == none ]] && echo 0 || echo 8)" "${codes/none/}"
done <<'TABLE'
calls id summarise-subject
calls alone summarise-subject
calls owner summarise-subject
calls tag none
calls lower_alone none
parted id summarise-subject
parted at none
TABLE

begin "other people's code on INSERT" <<<"$calls $statistics
    GRANT CREATE ON SCHEMA app TO stranger;
    CREATE FUNCTION app.spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    ALTER FUNCTION app.spy() OWNER TO stranger;
    CREATE TRIGGER t AFTER INSERT ON app.statistics FOR EACH ROW EXECUTE FUNCTION app.spy();
    CREATE TRIGGER t AFTER INSERT ON app.calls FOR EACH ROW EXECUTE FUNCTION app.spy();"
summarise
planned 8 owner-code
is "$(jq '[.findings[] | select(.code == "owner-code")] | length' "$out")" 1 "$title: only there"

# The example of the manual, as it stands there.

example() { # example MARK TEXT: the block behind the mark that has the text
    awk -v mark="$1" -v text="$2" '
        $0 ~ "^[.].\" " mark "$" { block = ""; inside = 1; next }
        inside && /^\.Bd/ { next }
        inside && /^\.Ed/ { inside = 0; if (index(block, text)) printf "%s", block; next }
        inside { block = block $0 "\n" }' "$(dirname "$0")/../../man/pgretain-policy.5"
}

begin "the manual's example" <<SQL
DROP TABLE IF EXISTS public.calls, public.call_statistics;
CREATE ROLE retention LOGIN;
CREATE TABLE public.calls (id bigint PRIMARY KEY, started_at timestamptz NOT NULL,
    direction text NOT NULL, duration_seconds int);
CREATE INDEX ON public.calls (started_at);
GRANT SELECT, DELETE ON public.calls TO retention;
INSERT INTO public.calls SELECT g, '2024-01-31 22:59:59+00', CASE WHEN g <= 12 THEN 'in'
    ELSE 'out' END, g FROM generate_series(1, 15) g;
INSERT INTO public.calls SELECT g, now(), 'in', 5 FROM generate_series(16, 30) g;
$(example ddl "CREATE TABLE public.call_statistics")
SQL
example policy "policy: call-statistics" >"$policy"
sed -i 's/^rules:/limits: {share: 100%}\n&/' "$policy"
run 0 "$title: check" env PGUSER=retention "$PGRETAIN" check --live "$policy"
says "$out" "no errors, no warnings" "$title: nothing to complain about"
PGUSER=retention run 0 "$title: enforce" enforce_new
is "$(sql -c "SELECT * FROM public.call_statistics ORDER BY direction")" \
    "2024-01-01|in|12|78|12
2024-01-01|other|3|42|15" "$title: statistics"
is "$(rows public.calls)" 15 "$title: the young calls are there"

# The statistics have a rule of their own, which must not take them at once.
begin "statistics that are purged" <<<"$calls $statistics"
kept() { # kept WINDOW CLOCK CODES: of the statistics
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: r, table: app.calls, category: old, clock: at, action: summarise, into: app.statistics,
     period: month, by: [kind], measures: {calls: count, n: {sum: n}}}
  - {id: s, table: app.statistics, category: old, keep: $1, clock: $2, action: purge}
YAML
    sed -i 's/^categories: .*/categories: {old: {keep: 24 months}}/' "$policy"
    sed -i 's/id: r, /id: r, keep: 30 days, /' "$policy"
    run 0 "$title, keep $1 by $2: plan" plan --format json
    is "$(jq -r '[.findings[] | select(.code == "summarise-purged").rule] | join(" ")' "$out")" \
        "$3" "$title, keep $1 by $2: the finding"
}
kept "12 months" period ""
kept "30 days" period r
kept "1 day" period r
sql -c "ALTER TABLE app.statistics ADD made date DEFAULT now()"
kept "1 day" made ""

finish
