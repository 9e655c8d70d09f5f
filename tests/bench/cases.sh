# shellcheck shell=bash
# cases.sh - what is compared, on which table, and for whom
#
# Sourced by scripts/bench. Each case sets what contenders.sh and measure.sh ask for and calls
# compare(). The first of $contenders is the one that the others are compared with.

loops=("ctid loop" "id IN loop" "key loop" "row by row")

# The policy of the case; the rule of table and clock comes on stdin.
write_policy() { # KEEP
    policy=$PGTEMP/bench.yaml
    {
        echo "pgretain: 1"
        echo "policy: bench"
        echo "categories: {old: {keep: $1}}"
        echo "limits: {share: 100%}"
        cat
    } >"$policy"
    chmod 600 "$policy"
}

count_due() {
    due=$(psql -XqAt -d "$template" -c "SELECT count(*) FROM $relation WHERE $predicate")
}

# One rule with a hold and an exception, for pgretain and as SQL.
old_rows() { # TABLE CLOCK KEEP AS-OF CUTOFF ACTION
    relation=$1 clock=$2 as_of=$4
    write_policy "$3" <<YAML
holds: [{id: order, reason: preservation order, table: $1, where: "account_id = 17"}]
rules:
  - {table: $1, category: old, clock: $2, unless: restricted, $6}
YAML
    predicate="$2 < '$5' AND $2 > 'epoch' AND (restricted) IS FALSE AND (account_id = 17) IS FALSE"
    undone=$predicate
    digest="bit_xor(hashint8extended(id, 0)) FILTER (WHERE NOT ($predicate))"
    count_due
}

third_of_calls() {
    old_rows bench.calls started_at "16 months" 2024-01-01T00:00:00Z 2022-09-01T00:00:00Z \
        "action: purge"
}

make_calls() { # NAME SHUFFLED ROWS
    case_rows=$3
    make_template "$1" calls.sql -v shuffled="$2" -v rows="$3"
}

case_random() {
    make_calls random true "$rows"
    third_of_calls
    contenders=("one DELETE" "${loops[@]}" "enforce -j 1" "enforce -j 2")
    compare random
}

case_clock() {
    make_calls clock false "$rows"
    third_of_calls
    contenders=("one DELETE" "${loops[@]}" "enforce -j 1" "enforce -j 2")
    compare clock
}

# The night after: one row of 1000 has become due since.
case_nightly() {
    make_calls clock false "$rows"
    old_rows bench.calls started_at "24 months" 2024-01-01T17:31:12Z 2022-01-01T17:31:12Z \
        "action: purge"
    contenders=("one DELETE" "${loops[@]}" "enforce -j 1" "enforce -j 2")
    compare nightly pages
}

case_nothing() {
    make_calls clock false "$rows"
    old_rows bench.calls started_at "24 months" 2024-01-01T00:00:00Z 2022-01-01T00:00:00Z \
        "action: purge"
    contenders=("one DELETE" "enforce -j 1" "enforce -j 2")
    compare nothing server_time
}

case_anonymise() {
    case_rows=$rows
    make_template contacts contacts.sql -v rows="$rows"
    old_rows bench.contacts last_active_at "16 months" 2024-01-01T00:00:00Z 2022-09-01T00:00:00Z \
        "action: anonymise,
        mask: {first_name: null, phone: {phone_prefix: 4}, signup_ip: ip_network}"
    masks="first_name = NULL, signup_ip = network(set_masklen(signup_ip, 24)),
        phone = left(phone, 4) || translate(substr(phone, 5), '0123456789', 'XXXXXXXXXX')"
    undone="$predicate AND first_name IS NOT NULL"
    digest="bit_xor(hashtextextended(contacts::text, 0))"
    contenders=("one UPDATE" "enforce's UPDATE" "enforce -j 1" "enforce -j 2")
    compare anonymise
    drop_template contacts
}

# 36 expired partitions of 48, and the same with ten times the rows. pg_partman knows no holds, and
# its clock is the server's.
partitions() { # CASE ROWS
    case_rows=$(($2 / 48 * 48)) relation=bench.calls clock=started_at
    make_template partitions partitions.sql -v rows="$2"
    as_of=$(psql -XqAt -c "SET TimeZone = UTC" \
        -c "SELECT to_char(now(), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
    write_policy "12 months" <<'YAML'
rules:
  - {table: bench.calls, category: old, clock: started_at, action: purge}
YAML
    predicate="started_at < timestamptz '$as_of' - interval '12 months'"
    undone=$predicate
    digest="bit_xor(hashint8extended(id, 0)) FILTER (WHERE NOT ($predicate))"
    count_due
    contenders=("pg_partman" "enforce -j 1" "enforce -j 2")
    compare "$1" locks
    drop_template partitions
}

case_partitions() {
    partitions partitions $((rows / 10))
    partitions "partitions, 10 times the rows" "$rows"
}

# The largest resident set of the client, at two sizes.
memory() { # CASE ROWS
    local rounds=1
    make_calls memory true "$2"
    third_of_calls
    contenders=("one DELETE" "enforce -j 1" "enforce -j 2")
    compare "$1"
    drop_template memory
}

case_memory() {
    memory memory $((rows / 4))
    memory "memory, 10 times the rows" $((rows / 4 * 10))
}

# Everything that plan does but counting is what plan --sql does.
many() { # CASE PARTITIONED TABLE
    local database=many
    case_rows=0 due=null digest=""
    make_template many many.sql -v partitioned="$2" -v tables="$tables"
    write_policy "12 months" <<YAML
rules:
  - {table: "$3", category: old, clock: started_at, action: purge}
YAML
    contenders=("plan --sql" "plan")
    compare "$1"
    drop_template many
}

case_plan() {
    many "plan, many tables" false "bench.calls_*"
    many "plan, many partitions" true bench.calls
}

all_cases=(random clock nightly nothing partitions anonymise memory plan foreground)
all_contenders=("one DELETE" "${loops[@]}" "one UPDATE" "enforce's UPDATE" pg_partman idle enforce
    "enforce -j 1" "enforce -j 2" plan "plan --sql")
