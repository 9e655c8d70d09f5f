#!/bin/bash
# The flagship policy on the sample: it has something to do in every way it can, does it in one run,
# touches nothing that is held, and lets no value out. Runs under scripts/pg-temp.
#   callshift.sh PGRETAIN
set -euo pipefail
cd "$(dirname "$0")/.."
pgretain=$1
policy=policies/callshift.yaml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "callshift: $1" >&2
    exit 1
}

load() { # database
    createdb "$1"
    local now
    now="'$(date -u '+%Y-%m-%d %H:%M:%S+00')'"
    psql -Xq -d "$1" -f tests/fixtures/callshift/schema.sql
    psql -Xq -d "$1" -v scale=1 -v now="$now" -f tests/fixtures/callshift/generate.sql
    psql -Xq -d "$1" -f tests/fixtures/callshift/roles.sql
}

# Everything of account 17, as text that must not change.
held_rows() {
    psql -XAt -U postgres -d callshift -v ON_ERROR_STOP=1 -c "
        SELECT t::text FROM accounts t WHERE id = 17
        UNION ALL SELECT t::text FROM users t WHERE account_id = 17
        UNION ALL SELECT t::text FROM contacts t WHERE account_id = 17
        UNION ALL SELECT t::text FROM bookings t WHERE account_id = 17
        UNION ALL SELECT t::text FROM calls t WHERE account_id = 17
        UNION ALL SELECT t::text FROM call_notes t JOIN calls c
            ON (c.id, c.started_at) = (call_id, call_started_at) WHERE account_id = 17
        UNION ALL SELECT t::text FROM sms_messages t WHERE account_id = 17
        UNION ALL SELECT t::text FROM integrations t WHERE account_id = 17
        UNION ALL SELECT t::text FROM integration_data t JOIN integrations g
            ON g.id = integration_id WHERE account_id = 17
        UNION ALL SELECT t::text FROM invoices t WHERE account_id = 17
        UNION ALL SELECT t::text FROM consents t JOIN users u ON u.id = user_id
            WHERE account_id = 17
        UNION ALL SELECT t::text FROM sessions t JOIN users u ON u.id = user_id
            WHERE account_id = 17
        UNION ALL SELECT t::text FROM web.\"PageViews\" t JOIN sessions s ON s.id = \"sessionId\"
            JOIN users u ON u.id = user_id WHERE account_id = 17" | LC_ALL=C sort
}

expect() { # what, jq filter that must be true, file
    jq -e "$2" "$3" >/dev/null || {
        jq . "$3" >&2
        fail "$1"
    }
}

load callshift
export PGDATABASE=callshift PGUSER=callshift_retention
held_rows >"$work/held.before"

"$pgretain" check --live "$policy" >"$work/check" 2>&1 || {
    cat "$work/check" >&2
    fail "the policy does not fit the sample"
}
"$pgretain" check --live --format json "$policy" >"$work/check.json" 2>"$work/check"
expect "the labels are others" '[.labels[] | select(.label != "destroyed") |
    "\(.rule) \(.label) \(.keeps | join(","))"] == [
        "bookings-attendees generalised ", "sessions-person generalised ",
        "page-views-address pseudonymous web.PageViews.sessionId",
        "contacts-inactive generalised ", "users-inactive generalised ",
        "accounts-closed generalised "]' "$work/check.json"
"$pgretain" check --live policies/minimal.yaml >"$work/check" 2>&1 || {
    cat "$work/check" >&2
    fail "the minimal policy does not fit the sample"
}

"$pgretain" plan "$policy" --format json >"$work/plan.json" 2>"$work/plan.err"
for class in due held blocked excluded undecided undated active future; do
    expect "no row is '$class'" "[.steps[].$class // 0] | add > 0" "$work/plan.json"
done
for step in $(jq -r '.steps[] | select(.due == 0) | .rule' "$work/plan.json"); do
    fail "the rule $step has nothing to do"
done
expect "the plan lacks an action" \
    '[.steps[].action] | unique == ["anonymise", "pseudonymise", "purge", "summarise"]' \
    "$work/plan.json"

"$pgretain" enforce "$policy" --yes --accept-new --reason test --audit "$work/audit.jsonl" \
    --format json >"$work/outcome.json" 2>"$work/outcome.err" || {
    cat "$work/outcome.json" "$work/outcome.err" >&2
    fail "enforce failed"
}
expect "a step was not done" '[.steps[].state] | unique == ["done"]' "$work/outcome.json"

counted=$(psql -XAt -c "SELECT sum(calls) FROM call_statistics")
expect "not every call was counted, or some twice: $counted" \
    ".steps[] | select(.action == \"summarise\") | .changed == $counted" "$work/outcome.json"

"$pgretain" plan "$policy" --format json >"$work/again.json" 2>>"$work/plan.err"
expect "the second plan has rows due" '.totals.due == 0' "$work/again.json"
"$pgretain" audit verify "$work/audit.jsonl" >"$work/verify" 2>&1 || {
    cat "$work/verify" >&2
    fail "the audit log does not verify"
}
"$pgretain" audit show "$work/audit.jsonl" >"$work/show" 2>&1

held_rows >"$work/held.after"
cmp "$work/held.before" "$work/held.after" || fail "rows on hold were changed"
[[ -s $work/held.before ]] || fail "no rows on hold"
if grep -rlE 'zq[0-9a-f]{4}' "$work" --exclude='held.*'; then
    fail "personal values in the files above"
fi
