#!/bin/bash
# Names that have to be quoted, are near PostgreSQL's limit of 63 bytes, or occur in several
# schemas; and tables whose columns have holes between them.
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# In capitals, with spaces, and what would end the statement were it not quoted.
evil='x"; DROP TABLE app.victim; --'
begin "quoted names" <<SQL
SET client_min_messages = error;
DROP SCHEMA IF EXISTS "Partman_Test" CASCADE;
CREATE SCHEMA "Partman_Test";
CREATE TABLE app.victim (id int);
CREATE TABLE "Partman_Test"."Time-Table" (id int, "Started At" timestamptz,
    PRIMARY KEY (id, "Started At")) PARTITION BY RANGE ("Started At");
CREATE TABLE "Partman_Test"."Time-Table P1" PARTITION OF "Partman_Test"."Time-Table" DEFAULT;
INSERT INTO "Partman_Test"."Time-Table" VALUES (1, app.old()), (2, app.young());
CREATE TABLE app."Users" (id int PRIMARY KEY, at timestamptz, "Email" text, "select" text);
INSERT INTO app."Users" VALUES (1, app.old(), 'a', 'b'), (2, app.young(), 'c', 'd');
CREATE TABLE app."${evil//\"/\"\"}" (id int PRIMARY KEY, at timestamptz, "phone""_Owner" text);
INSERT INTO app."${evil//\"/\"\"}" VALUES (1, app.old(), 'a'), (2, app.young(), 'b');
CREATE TABLE app."Naïve Übung" (id int PRIMARY KEY, "né" timestamptz);
INSERT INTO app."Naïve Übung" VALUES (1, app.old()), (2, app.young());
SQL
write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: parts, table: Partman_Test.Time-Table, category: old, clock: Started At, action: purge}
  - {id: users, table: app.Users, category: old, clock: at, action: anonymise,
     mask: {Email: null, select: {fixed: gone}}}
  - {id: evil, table: 'app."${evil//\"/\"\"}"', category: old, clock: at, action: anonymise,
     mask: {'phone"_Owner': null}}
  - {id: umlaut, table: app.Naïve Übung, category: old, clock: né, action: purge}
YAML
planned 0 ""
counts parts "1 0 0"
enforced 0
left '"Partman_Test"."Time-Table"' 2
left 'app."Naïve Übung"' 2
is "$(sql -c 'SELECT string_agg(concat(id, "Email", "select"), $$ $$ ORDER BY id)
    FROM app."Users"')" "1gone 2cd" "$title: the due row is masked, the other is not"
is "$(sql -c "SELECT string_agg(concat(id, \"phone\"\"_Owner\"), ' ' ORDER BY id)
    FROM app.\"${evil//\"/\"\"}\"")" "1 2b" "$title: a name with a quote and a semicolon is a name"
is "$(rows app.victim)" 0 "$title: and drops nothing"
is "$(jq -r 'select(.kind == "step_begin").table' "$audit" | sort)" "$(sort <<TEXT
Partman_Test.Time-Table
app.Users
app."${evil//\"/\"\"}"
app.Naïve Übung
TEXT
)" "$title: the log has them as the policy does"
run 0 "$title: verify" "$PGRETAIN" audit verify "$audit"
run 0 "$title: again" enforce --format json
is "$(jq '[.steps[].changed] | add' "$out")" 0 "$title: the second run has nothing to do"

# An expression with quotes of each kind arrives as it was written.
begin "quotes in an expression" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, at timestamptz, note text, "Odd ""name" text);
INSERT INTO app.t VALUES (1, app.old(), 'it''s "so" \', 'x'), (2, app.old(), 'its "so" \', 'x'),
    (3, app.old(), 'it''s "so" \', 'y');
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - id: r
    table: app.t
    category: old
    clock: at
    only: note = 'it''s "so" \' and "Odd ""name" = $$x$$
    action: purge
YAML
planned 0 ""
enforced 0
left app.t 2,3

# The same name in several schemas.
begin "one name in three schemas" <<'SQL'
SET client_min_messages = error;
DROP SCHEMA IF EXISTS "HR" CASCADE;
CREATE SCHEMA "HR";
DROP SCHEMA IF EXISTS marketing CASCADE;
CREATE SCHEMA marketing;
CREATE TABLE app.people (id int PRIMARY KEY, at timestamptz, email text);
INSERT INTO app.people VALUES (1, app.old(), 'a');
CREATE TABLE "HR".people (LIKE app.people INCLUDING ALL);
CREATE TABLE marketing.people (LIKE app.people INCLUDING ALL);
CREATE TABLE public.people (LIKE app.people INCLUDING ALL);
INSERT INTO "HR".people TABLE app.people;
INSERT INTO marketing.people TABLE app.people;
INSERT INTO public.people TABLE app.people;
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: HR.people, category: old, clock: at, action: anonymise, mask: {email: null}}
YAML
export PGOPTIONS='-c search_path=app,marketing,public'
enforced 0
unset PGOPTIONS
is "$(sql -c "SELECT string_agg(coalesce(email, 'gone'), ' ' ORDER BY place) FROM (
    SELECT 1 AS place, email FROM app.people UNION ALL SELECT 2, email FROM \"HR\".people
    UNION ALL SELECT 3, email FROM marketing.people
    UNION ALL SELECT 4, email FROM public.people) AS all_people")" "a gone a a" \
    "$title: only the one that is named is masked"
write_policy <<'YAML'
rules:
  - {id: r, table: hr.people, category: old, clock: at, action: anonymise, mask: {email: null}}
YAML
planned 8 table-missing
says "$out" 'Did you mean ..HR.people' "$title: another case is another name"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: r, table: '*.people', except: [app.people, public.people], category: old, clock: at,
     action: purge}
YAML
enforced 0
is "$(rows app.people) $(rows '"HR".people') $(rows marketing.people) $(rows public.people)" \
    "1 0 0 1" "$title: a pattern over schemas takes all but the excepted"
sql -c 'DROP TABLE public.people' -c 'DROP SCHEMA "HR" CASCADE' -c 'DROP SCHEMA marketing CASCADE'

# 63 bytes: what PostgreSQL would cut off must not lead to another table.
long=$(printf 'n%.0s' {1..62})
begin "names near the limit" <<SQL
CREATE TABLE app.${long}a (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.${long}b (id int PRIMARY KEY, at timestamptz);
CREATE TABLE app.$long (id int PRIMARY KEY, at timestamptz);
INSERT INTO app.${long}a VALUES (1, app.old());
INSERT INTO app.${long}b VALUES (1, app.old());
INSERT INTO app.$long VALUES (1, app.old());
SQL
long_rule() { # long_rule TABLE
    write_policy <<YAML
limits: {share: 100%}
rules:
  - {id: r, table: $1, category: old, clock: at, action: purge}
YAML
}
long_rule "app.${long}a"
enforced 0
is "$(rows "app.${long}a") $(rows "app.${long}b") $(rows "app.$long")" "0 1 1" \
    "$title: only the one of 63 bytes that is named"
long_rule "app.${long}ab"
run 2 "$title: 64 bytes" plan
is "$(rows "app.${long}b") $(rows "app.$long")" "1 1" "$title: and nothing goes"

# Columns that were dropped leave holes in the numbering, other ones in each part.
begin "dropped columns" <<'SQL'
CREATE TABLE app.t (gone1 text, id int PRIMARY KEY, gone2 int, at timestamptz, gone3 text,
    email text, n int);
ALTER TABLE app.t DROP gone1, DROP gone2, DROP gone3;
INSERT INTO app.t VALUES (1, app.old(), 'a', 1), (2, app.young(), 'b', 2), (3, app.old(), 'c', 3);
CREATE TABLE app.p (id int, at timestamptz, email text) PARTITION BY RANGE (id);
CREATE TABLE app.p1 (email text, gone text, at timestamptz, id int NOT NULL);
ALTER TABLE app.p1 DROP gone;
ALTER TABLE app.p ATTACH PARTITION app.p1 FOR VALUES FROM (0) TO (10);
CREATE TABLE app.p2 PARTITION OF app.p FOR VALUES FROM (10) TO (20);
INSERT INTO app.p VALUES (1, app.old(), 'a'), (2, app.young(), 'b'), (11, app.old(), 'c');
CREATE TABLE app.c (gone int, id int PRIMARY KEY, t int REFERENCES app.t);
ALTER TABLE app.c DROP gone;
INSERT INTO app.c VALUES (1, 1);
SQL
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: t, table: app.t, category: old, clock: at, action: anonymise,
     mask: {email: {fixed: gone}, n: null}}
  - {id: p, table: app.p, category: old, clock: at, action: anonymise, mask: {email: null}}
YAML
enforced 0
is "$(sql -c "SELECT string_agg(t::text, ' ' ORDER BY id)
    FROM (SELECT id, email, n FROM app.t) t")" "(1,gone,) (2,b,2) (3,gone,)" \
    "$title: a table is masked in the right columns"
is "$(sql -c "SELECT string_agg(concat(id, email), ' ' ORDER BY id) FROM app.p")" "1 2b 11" \
    "$title: and so are parts with columns in another order"
write_policy <<'YAML'
limits: {share: 100%}
rules:
  - {id: t, table: app.t, category: old, clock: at, action: purge}
  - {id: p, table: app.p, category: old, clock: at, action: purge}
YAML
run 0 "$title: purge" enforce_new --format json
left app.t 1,2
left app.p 2

finish
