#!/bin/bash
# discover: each signal beyond the name, the sample that must be asked for, and no value anywhere.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

why() { # why TABLE.COLUMN: "CATEGORY KIND WHY" of the report in $out
    jq -r --arg name "$1" '.columns[] | select(.table + "." + .column == $name)
        | "\(.category) \(.kind) \(.why)"' "$out"
}
# shellcheck disable=SC2317  # called by run
discover() { "$PGRETAIN" discover --format json "$@"; }

sql <<'SQL'
CREATE SCHEMA app;
CREATE DOMAIN app.email_address AS text;
CREATE DOMAIN app.checked AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE TABLE app.things (id int PRIMARY KEY, a app.email_address, b app.checked,
    c text CHECK (c LIKE '%_@_%'), d text, e text, f text, g text, h text, i text, plain text,
    n bigint);
COMMENT ON COLUMN app.things.d IS 'Date of birth, as typed';
INSERT INTO app.things SELECT g, 'a', 'a@b', 'c@d', 'd', 'canary' || g || '@mail.example',
    '192.0.2.' || g, '+33 1 23 45 67 ' || g, 'sip:canary' || g || '@pbx.example',
    '$2b$12$canary' || g, 'nothing to see ' || g, g FROM generate_series(10, 60) g;
CREATE TABLE app.late AS TABLE app.things;
ALTER TABLE app.late SET (autovacuum_enabled = off);
CREATE TABLE app.hidden AS TABLE app.things;
ALTER TABLE app.hidden ENABLE ROW LEVEL SECURITY;
CREATE TABLE app.private AS TABLE app.things;
CREATE ROLE reader LOGIN;
GRANT USAGE ON SCHEMA app TO reader;
GRANT SELECT ON app.things, app.late, app.hidden TO reader;
ANALYZE app.things;
SQL

run 0 "discover" discover
is "$(why app.things.a)" "personal email domain" "a domain's name"
is "$(why app.things.b)" "personal email constraint" "a domain's constraint"
is "$(why app.things.c)" "personal email constraint" "a column's constraint"
is "$(why app.things.d)" "personal birth comment" "a comment"
is "$(why app.things.e)" "personal email statistics" "addresses among the statistics"
is "$(why app.things.f)" "usage ip statistics" "IP addresses among the statistics"
is "$(why app.things.g)" "personal phone statistics" "phone numbers among the statistics"
is "$(why app.things.h)" "telephony call number statistics" "SIP addresses among the statistics"
is "$(why app.things.i)" "integration_credentials password statistics" "hashed passwords"
is "$(why app.things.plain)" "" "plain text is no suspect"
is "$(why app.late.e)" "" "without statistics nothing is known"

run 0 "discover --sample" discover --sample
is "$(why app.late.e)" "personal email sample" "addresses among the rows"
is "$(why app.late.plain)" "" "plain rows are no suspect"

run 0 "discover as a reader" discover -U reader --sample
is "$(why app.late.e)" "personal email sample" "a reader's sample"
is "$(why app.hidden.e)$(why app.private.e)" "" "rows that the role may not see are left out"

for format in text markdown json; do
    run 0 "discover --format $format" "$PGRETAIN" discover --format $format --sample
    is "$(cat "$out" "$err" | grep -ci canary)" 0 "$format: no value is printed"
done

finish
