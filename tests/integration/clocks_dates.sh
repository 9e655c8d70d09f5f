#!/bin/bash
# The very edge of a window, one unit before it, on it and after it, for each kind of clock: where
# clocks change, at the ends of months, and for values that mean "never". The cutoffs are worked out
# by hand; a class is due, undated, active or future, and what is left is listed.
# shellcheck disable=SC2119  # enforce_new may stand alone
set -euo pipefail
# shellcheck source=tests/support/corners.sh
source "$(dirname "$0")/../support/corners.sh"

# judge CLOCK "DUE UNDATED ACTIVE FUTURE" LEFT: of app.t, under $zone, $keep and $as_of
judge() {
    write_policy <<YAML
timezone: $zone
limits: {share: 100%}
rules:
  - {id: r, table: app.t, category: old, keep: $keep, clock: $1, action: purge}
YAML
    sed -i 's/^categories: .*/categories: {old: {keep: 24 months}}/' "$policy"
    run 0 "$title: plan" plan --format json --as-of "$as_of"
    is "$(jq -r '.steps[0] | "\(.due) \(.undated) \(.active) \(.future)"' "$out")" "$2" \
        "$title: due, undated, active, future"
    run 0 "$title: enforce" enforce_new --as-of "$as_of"
    left app.t "$3"
}

# table TYPE VALUE...: app.t, rows 1, 2, … with these values
table() {
    local type=$1 id=0 rows=''
    shift
    for value in "$@"; do
        id=$((id + 1))
        rows+="${rows:+, }($id, $([[ $value == NULL ]] && echo NULL || echo "'$value'"))"
    done
    begin "$zone, $keep before $as_of, $type" <<SQL
CREATE TABLE app.t (id int PRIMARY KEY, at $type);
INSERT INTO app.t VALUES $rows;
SQL
}
never=(NULL infinity -infinity 1970-01-01 0001-01-01 9999-12-31)

# judge_dates INSTANT-BEFORE INSTANT INSTANT-AFTER LOCAL-BEFORE LOCAL LOCAL-AFTER DAY-BEFORE DAY
# DAY-AFTER: rows 1 to 3 are those; of them only the first is due.
judge_dates() {
    table timestamptz "${@:1:3}" "${never[@]}"
    judge at "1 4 0 2" 2,3,4,5,6,7,8,9
    table timestamp "${@:4:3}" "${never[@]}"
    judge at "1 4 0 2" 2,3,4,5,6,7,8,9
    table date "${@:7:3}" "${never[@]}"
    judge "{column: at, when_null: active}" "1 3 1 2" 2,3,4,5,6,7,8,9
}

# 02:30 on the last Sunday of March does not exist in Paris: it is taken as 02:30 by winter's time.
zone=Europe/Paris keep="30 days" as_of=2024-04-30T00:30:00Z
judge_dates 2024-03-31T01:29:59.999999Z 2024-03-31T01:30:00Z 2024-03-31T01:30:00.000001Z \
    "2024-03-31 02:29:59.999999" "2024-03-31 02:30:00" "2024-03-31 02:30:00.000001" \
    2024-03-30 2024-03-31 2024-04-01

# On the last Sunday of October it is there twice: the second is meant.
as_of=2024-11-26T01:30:00Z
judge_dates 2024-10-27T01:29:59.999999Z 2024-10-27T01:30:00Z 2024-10-27T01:30:00.000001Z \
    "2024-10-27 02:29:59.999999" "2024-10-27 02:30:00" "2024-10-27 02:30:00.000001" \
    2024-10-26 2024-10-27 2024-10-28

# A day of 25 hours is a day.
keep="1 day" as_of=2024-10-27T11:00:00Z
judge_dates 2024-10-26T09:59:59.999999Z 2024-10-26T10:00:00Z 2024-10-26T10:00:00.000001Z \
    "2024-10-26 11:59:59.999999" "2024-10-26 12:00:00" "2024-10-26 12:00:00.000001" \
    2024-10-25 2024-10-26 2024-10-27

# The month before the 31st of March ends on the 29th in a leap year.
zone=UTC keep="1 month" as_of=2024-03-31T12:00:00Z
judge_dates 2024-02-29T11:59:59.999999Z 2024-02-29T12:00:00Z 2024-02-29T12:00:00.000001Z \
    "2024-02-29 11:59:59.999999" "2024-02-29 12:00:00" "2024-02-29 12:00:00.000001" \
    2024-02-28 2024-02-29 2024-03-01

# Where the day differs from that of UTC, and where clocks change by half an hour.
zone=Pacific/Kiritimati keep="12 months" as_of=2024-06-30T12:00:00Z
judge_dates 2023-06-30T11:59:59.999999Z 2023-06-30T12:00:00Z 2023-06-30T12:00:00.000001Z \
    "2023-07-01 01:59:59.999999" "2023-07-01 02:00:00" "2023-07-01 02:00:00.000001" \
    2023-06-30 2023-07-01 2023-07-02
zone=Australia/Lord_Howe keep="30 days" as_of=2024-05-07T02:00:00Z
judge_dates 2024-04-07T01:59:59.999999Z 2024-04-07T02:00:00Z 2024-04-07T02:00:00.000001Z \
    "2024-04-07 12:29:59.999999" "2024-04-07 12:30:00" "2024-04-07 12:30:00.000001" \
    2024-04-06 2024-04-07 2024-04-08

# Numbers of each unit and type, round the same instant: 2024-03-31T01:30:00Z is 1711848600.
zone=Europe/Paris keep="30 days" as_of=2024-04-30T00:30:00Z
s=1711848600
far=253402300799
table int $((s - 1)) $s $((s + 1)) NULL 0 -1 2147483647
judge "{column: at, unit: seconds}" "1 3 0 1" 2,3,4,5,6,7
for type in bigint numeric "double precision"; do
    table "$type" $((s - 1)) $s $((s + 1)) NULL 0 -1 $far
    judge "{column: at, unit: seconds}" "1 3 0 1" 2,3,4,5,6,7
    table "$type" ${s}000 $((s * 1000 - 1)) $((s * 1000 + 1)) NULL 0 -1 ${far}000
    judge "{column: at, unit: milliseconds}" "1 3 0 1" 1,3,4,5,6,7
    table "$type" ${s}000000 $((s * 1000000 - 1)) $((s * 1000000 + 1)) NULL 0 -1 ${far}000000
    judge "{column: at, unit: microseconds, when_null: active}" "1 2 1 1" 1,3,4,5,6,7
done
table numeric $((s - 1)).999999 $s.000000 $s.000001 NULL 0.0 -0.000001 $far.5
judge "{column: at, unit: seconds}" "1 3 0 1" 2,3,4,5,6,7

# A row one unit before the edge by one clock and after it by another stays: the latest counts.
begin "the latest of three" <<'SQL'
CREATE TABLE app.t (id int PRIMARY KEY, a timestamptz, b timestamp, c date);
INSERT INTO app.t VALUES
    (1, '2024-03-31T01:29:59.999999Z', '2024-03-31 02:29:59.999999', '2024-03-30'),
    (2, '2024-03-31T01:30:00Z', '2024-03-31 02:29:59.999999', '2024-03-30'),
    (3, '2024-03-31T01:29:59.999999Z', '2024-03-31 02:30:00', '2024-03-30'),
    (4, '2024-03-31T01:29:59.999999Z', '2024-03-31 02:29:59.999999', '2024-03-31'),
    (5, NULL, NULL, '2024-03-30'), (6, NULL, NULL, NULL), (7, 'infinity', NULL, '2024-03-30');
SQL
judge "{latest: [a, b, c]}" "2 1 0 1" 2,3,4,6,7

finish
