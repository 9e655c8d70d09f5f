#!/bin/bash
# Heads, keys, proofs, rotation and pruning of a log, on the command line; and the same log in other
# people's hands: Go's packages for signed notes and transparent logs, and a script of jq.
# shellcheck disable=SC2119,SC2317,SC2016  # functions are called through run; inner shells expand
set -euo pipefail
here=$(realpath "$(dirname "$0")")
# shellcheck source=tests/support/shell.sh
source "$here/../support/shell.sh"

name=pgretain/cli/$PGDATABASE
heads=$work/audit.checkpoint
run 0 "keygen" "$PGRETAIN" audit keygen "$work/key.pem" "$name"
cp "$out" "$work/vkey"
vkey=$(cat "$work/vkey")
run 2 "keygen does not overwrite" "$PGRETAIN" audit keygen "$work/key.pem" "$name"
is "$(stat -c %a "$work/key.pem")" 600 "the key is private"
openssl pkey -in "$work/key.pem" -noout
ok $? "openssl reads the key"
signed() { enforce --accept-new --audit-key "$work/key.pem" "$@"; }
verify() { "$PGRETAIN" audit verify "$audit" "$@"; }

# Without a key.
fresh
run 0 "a run without a key" enforce_new
says "$err" "not signed" "says so on stderr"
says "$out" "^Root: [A-Za-z0-9+/]{43}=, not signed" "and in the report"
is "$(grep -c . "$err")" 2 "in one line, beside the step's"
run 0 "verify" verify
says "$out" "2 heads agree.* of 7 records" "heads agree"
run 7 "verify with a key finds no signature" verify --key "$vkey"

# With a key; a credential is one, too.
fresh
run 0 "a signed run" signed
says "$out" "^Root: .*, signed" "the report says signed"
run 0 "another run, with a credential" env CREDENTIALS_DIRECTORY="$work/credentials" \
    bash -c 'mkdir -p "$1"; cp "$2" "$1/audit-key"; shift 2; "$@"' - "$work/credentials" \
    "$work/key.pem" "$PGRETAIN" enforce "$policy" --yes --audit "$audit"
is "$(grep -c "^— $name " "$heads")" 4 "four heads are signed"
is "$(jq -r 'select(.kind == "key").key' "$audit")" "$vkey" "the log names its key, once"
run 0 "verify with the key" verify --key "$work/vkey"
says "$out" "4 heads agree, the newest of [0-9]+ records; signed" "signed"
is "$(verify --key "$vkey" --format json | jq '.signed_records == .records')" true \
    "every record is covered"
tail -n 5 "$heads" >"$work/kept"
sed -n 1,5p "$heads" >"$work/first"

# Proofs.
total=$(wc -l <"$audit")
for seq in 0 3 $((total - 1)); do
    run 0 "prove $seq" "$PGRETAIN" audit prove "$audit" "$seq"
    cp "$out" "$work/proof"
    run 0 "verify-proof $seq" "$PGRETAIN" audit verify-proof "$work/proof" --key "$vkey"
    says "$out" "holds: record $seq of $name" "it names the record"
    is "$("$PGRETAIN" audit verify-proof "$work/proof" --key "$vkey" --format json |
        jq -S .record)" "$(sed -n $((seq + 1))p "$audit" | jq -S .)" "and holds it"
done
run 2 "prove a record that is not there" "$PGRETAIN" audit prove "$audit" "$total"
run 2 "prove nothing" "$PGRETAIN" audit prove "$audit"
sed 's/^index .*/index 1/' "$work/proof" >"$work/bad"
run 7 "a proof of another record" "$PGRETAIN" audit verify-proof "$work/bad" --key "$vkey"
sed 's/^extra ./extra A/' "$work/proof" >"$work/bad"
run 7 "a proof of another text" "$PGRETAIN" audit verify-proof "$work/bad" --key "$vkey"
run 0 "another key" "$PGRETAIN" audit keygen "$work/other.pem" "$name"
run 7 "a proof under another key" "$PGRETAIN" audit verify-proof "$work/proof" --key "$(cat "$out")"
run 0 "prove growth" "$PGRETAIN" audit prove "$audit" --head "$work/first"
cp "$out" "$work/growth"
run 0 "verify growth" "$PGRETAIN" audit verify-proof "$work/growth" --key "$vkey" \
    --head "$work/first"
says "$out" "of $total records goes on from its" "growth holds"
run 7 "growth from another head" "$PGRETAIN" audit verify-proof "$work/growth" --key "$vkey" \
    --head "$work/kept"

# Rotation: the log goes on in a new file, under the same tree.
before=$total
run 0 "rotate" "$PGRETAIN" audit rotate "$audit" --audit-key "$work/key.pem"
rotated=$work/audit.000000000000.jsonl
is "$(cat "$out")" "$rotated" "the old file's name"
is "$(jq .seq "$audit" | head -1)" "$before" "records go on counting"
run 0 "verify both files" verify --key "$vkey" --head "$work/kept"
run 5 "nothing to rotate" "$PGRETAIN" audit rotate "$audit"
run 0 "enforce goes on without a new approval" enforce --audit-key "$work/key.pem"
run 0 "rotate again" "$PGRETAIN" audit rotate "$audit" --audit-key "$work/key.pem"
run 0 "and a run" enforce --audit-key "$work/key.pem"
run 0 "verify three files" verify --key "$vkey"
run 0 "prove a rotated record" "$PGRETAIN" audit prove "$audit" 2
run 0 "prove growth over files" "$PGRETAIN" audit prove "$audit" --head "$work/first"
cp "$out" "$work/growth"
mv "$rotated" "$rotated.away"
run 7 "a rotated file is missing" verify
says "$err" "records 0 to $((before - 1)) are missing, and were not pruned" "it is said which"
mv "$rotated.away" "$rotated"
middle=$(find "$work" -name 'audit.0000*.jsonl' | sort | tail -1)
mv "$middle" "$middle.away"
run 7 "a file in the middle is missing" verify
says "$err" "audit.jsonl:1: records [0-9]+ to [0-9]+ are missing" "it is said where"
mv "$middle.away" "$middle"
sed -i '5s/"at":"2/"at":"1/' "$middle"
run 7 "damage in a rotated file" verify
says "$err" "$(basename "$middle"):5" "it is said where"
sed -i '5s/"at":"1/"at":"2/' "$middle"

# Other people's tools.
mapfile -t files < <(find "$work" -name 'audit.0*.jsonl' | sort)
files+=("$audit")
cat "${files[@]}" >"$work/all"
"$here/audit_by_hand.sh" "$work/all" >"$out" 2>"$err"
ok $? "jq and sha256sum follow the chain over all files"
is "$(tail -1 "$out")" "$(cat "${files[@]}" | wc -l) lines, head $(tail -1 "$audit" | tr -d '\n' |
    sha256sum | cut -c 1-64)" "to the head"
sed -n '/^sha() {/,/^root "/p' "$here/../../man/pgretain-audit.5" |
    sed 's/\\e/\\/g' >"$work/root.sh"
read -r _ covered <<<"$(sed -n '2{s/^/size /p}' "$heads")"
is "$(bash "$work/root.sh" "$work/all" "$covered" 2>"$err")" "$(sed -n 3p "$heads")" \
    "the manual's script has the root of the first head"
if command -v go >/dev/null && [[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]]; then
    GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS="" GOCACHE=${GOCACHE:-$work/go-cache} \
        go build -o "$work/notary" "$here/notary/notary.go" >"$out" 2>"$err"
    ok $? "notary builds"
    run 0 "Go opens heads, and checks inclusion and consistency" \
        "$work/notary" "$vkey" "$heads" "$work/proof" "$work/growth" "${files[@]}"
    says "$out" "heads, $(cat "${files[@]}" | wc -l) records" "of all records"
    sed '2s/cli/clo/' "${files[0]}" >"$work/spoilt"
    fails "Go finds a changed record" \
        "$work/notary" "$vkey" "$heads" "$work/proof" "$work/growth" "$work/spoilt" "${files[@]:1}"
else
    ok 1 "Go and golang-golang-x-mod-dev are installed: scripts/dependencies test"
fi

# Pruning by the policy's window. That old files go is tested where time can be chosen: test_rotate.
run 2 "prune without a window" "$PGRETAIN" audit prune "$policy" --audit "$audit"
echo 'audit: {keep: 12 months}' >>"$policy"
run 0 "prune, nothing is old" "$PGRETAIN" audit prune "$policy" --audit "$audit"
says "$out" "^0 files pruned" "nothing is pruned"

# A log that does not verify: put aside, and a new one names it.
run 5 "rotate --broken of an intact log" "$PGRETAIN" audit rotate "$audit" --broken --reason none
run 2 "rotate --broken without a reason" "$PGRETAIN" audit rotate "$audit" --broken
good=$(jq -r .seq "$audit" | sed -n 2p)
sed -i '3s/"at":"2/"at":"1/' "$audit"
run 7 "enforce on a broken log" enforce
run 7 "rotate a broken log" "$PGRETAIN" audit rotate "$audit"
run 0 "rotate --broken" "$PGRETAIN" audit rotate "$audit" --broken --reason "a disk failed" \
    --audit-key "$work/key.pem"
aside=$(cat "$out")
is "$(jq -r .broken_seq "$audit" | head -1)" "$good" "the new log names the last good record"
is "$(jq -r .broken_head "$audit" | head -1)" \
    "$(sed -n 2p "$aside" | tr -d '\n' | sha256sum | cut -c 1-64)" "and its hash"
is "$(jq -r .reason "$audit" | head -1)" "a disk failed" "and the reason"
run 0 "the new log verifies" verify
run 7 "the old one does not" "$PGRETAIN" audit verify "$aside"
is "$(find "$work" -name 'audit.broken-*' | wc -l)" 4 "its other files and heads went with it"
run 0 "enforce goes on, approved anew" signed

finish
