#!/bin/bash
# discover: each signal beyond the name, the sample that must be asked for, and no value anywhere.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

vendor() { # vendor TABLE.COLUMN: whose credentials the report in $out says they are
    jq -r --arg name "$1" '.columns[] | select(.table + "." + .column == $name).vendor' "$out"
}
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
CREATE TABLE app.people (id int PRIMARY KEY);
CREATE TABLE app.visits_to_doctors (boss int REFERENCES app.people, detail text);
CREATE TABLE app.widgets (boss int, detail text);
CREATE TABLE app.links (id int PRIMARY KEY, api_token text, bot_token text);
CREATE TABLE app.shapes (id int PRIMARY KEY, zz text);
INSERT INTO app.links SELECT g, 'canary' || g, 'xoxb-0canary' || g FROM generate_series(1, 30) g;
INSERT INTO app.shapes SELECT g, 'AC' || md5(g::text) FROM generate_series(1, 30) g;
ANALYZE app.links, app.shapes;
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
is "$(why app.visits_to_doctors.detail)" "personal free text name, table" "a foreign key to people"
is "$(why app.widgets.detail)" "" "a number that refers to nobody"
is "$(why app.shapes.zz)" "integration_credentials secret statistics" "credentials by their shape"
is "$(vendor app.shapes.zz) $(vendor app.links.bot_token) $(vendor app.links.api_token)" \
    "twilio slack null" "the shape names the vendor, also of a column that its name betrays"

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
