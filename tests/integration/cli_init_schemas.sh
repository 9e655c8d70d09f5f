#!/bin/bash
# init on public schemas, built as real databases from the tables, columns and types in the labels
# of tests/unit/discover: what it writes passes check, can be planned, and says what it should.
set -euo pipefail
# shellcheck source=tests/support/shell.sh
source "$(dirname "$0")/../support/shell.sh"

labels=$(dirname "$0")/../unit/discover/labels

create_tables() { # create_tables NAME: SQL; types that this server lacks become text
    awk -F'\t' '
        BEGIN { known = " text varchar bpchar timestamptz timestamp date time interval int2 int4 " \
                        "int8 numeric float4 float8 bool inet cidr macaddr uuid json jsonb bytea " \
                        "tsvector " }
        /^#/ { next }
        {
            dot = index($1, ".")
            schema = dot ? substr($1, 1, dot - 1) : "public"
            if ($1 != table) {
                if (table != "") print ");"
                if (!(schema in made)) printf "CREATE SCHEMA IF NOT EXISTS \"%s\";\n", schema
                made[schema] = 1
                printf "CREATE TABLE \"%s\".\"%s\" (", schema, substr($1, dot + 1)
                table = $1
                before = ""
            }
            type = $3
            array = sub(/^_/, "", type) ? "[]" : ""
            if (!index(known, " " type " ")) type = "text"
            key = $2 == "id" ? " PRIMARY KEY" : ""
            printf "%s\n    \"%s\" %s%s%s", before, $2, type, array, key
            before = ","
        }
        END { print ");" }' "$labels/$1.tsv"
}
rule() { # rule TABLE KEY: the value of a key in the rule for that table
    awk -v table="  - table: $1" -v key="    $2: " '
        /^  - table: / { here = ($0 == table) }
        here && index($0, key) == 1 { print substr($0, length(key) + 1) }' "$work/$schema.yaml"
}

for schema in simple rubygems invented evergreen vita_min made_pbx_1 made_rad_4; do
    createdb "$schema"
    export PGDATABASE=$schema
    create_tables "$schema" >"$work/tables.sql"
    psql -Xq -v ON_ERROR_STOP=1 -f "$work/tables.sql"
    run 0 "init on $schema" "$PGRETAIN" init --output "$work/$schema.yaml"
    run 0 "check on what it wrote for $schema" "$PGRETAIN" check --live "$work/$schema.yaml"
    run 0 "plan on it" "$PGRETAIN" plan "$work/$schema.yaml"
done

schema=simple
is "$(rule public.patients action)" anonymise "who others refer to by name alone is anonymised"
is "$(rule public.call_logs category) $(rule public.call_logs clock)" "telephony start_time" \
    "a call is as old as its beginning"
is "$(rule public.blood_pressures clock)" "{latest: [updated_at, created_at]}" \
    "the plainest name tells the row's age"
is "$(rule public.oauth_access_tokens category) $(rule public.oauth_access_tokens clock)" \
    "integration_credentials {column: revoked_at, when_null: active}" \
    "credentials in use are left alone"
is "$(grep -c 'table: public.schema_migrations' "$work/simple.yaml")" 0 "migrations hold nothing"

schema=made_rad_4
is "$(rule public.navegacion clock)" fecha "a date is known in Spanish, too"

schema=odd
createdb odd
export PGDATABASE=odd
sql <<'SQL'
CREATE TYPE gender AS ENUM ('f', 'm', 'x');
CREATE TABLE members (id int PRIMARY KEY, email text NOT NULL UNIQUE, gender gender NOT NULL,
    phone text NOT NULL CHECK (phone ~ '^[0-9+]+$'), created_at timestamptz NOT NULL);
CREATE TABLE bookings (id int PRIMARY KEY, member_id int, starts_at timestamptz, note text);
CREATE TABLE guests (id int PRIMARY KEY, name text, phone text, gender gender NOT NULL,
    created_at timestamptz);
CREATE TABLE stays (id int PRIMARY KEY, guest_id int, note text, created_at timestamptz);
SQL
run 0 "init on columns that are hard to mask" "$PGRETAIN" init --output "$work/odd.yaml"
run 0 "check on what it wrote" "$PGRETAIN" check --live "$work/odd.yaml"
run 0 "plan on it" "$PGRETAIN" plan "$work/odd.yaml"
is "$(rule public.guests action)" anonymise "guests are anonymised"
says "$work/odd.yaml" 'undecided: no mask fits its type' "a column without a mask is undecided"
finish
