#!/bin/bash
# audit anchor: a time stamp by an authority on loopback, and everything that such a server may do
# wrong. `openssl ts` makes the stamps, and checks what was kept.
# shellcheck disable=SC2016,SC2119,SC2317  # functions are called through run; a script is made
set -euo pipefail
here=$(realpath "$(dirname "$0")")
# shellcheck source=tests/support/shell.sh
source "$here/../support/shell.sh"
export no_proxy='*'
ca=$work/authority

# An authority for stamps, one that is not it, and certificates for TLS.
certificate() { # name, issuer or "", extension...
    local name=$1 issuer=$2 extensions=() extension
    shift 2
    for extension in "$@"; do extensions+=(-addext "$extension"); done
    [[ -z $issuer ]] || extensions+=(-CA "$ca/$issuer.pem" -CAkey "$ca/$issuer.pem")
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$name" \
        -keyout "$ca/$name.key" -out "$ca/$name.crt" "${extensions[@]}" 2>>"$ca/openssl.log" ||
        { cat "$ca/openssl.log" >&2; exit 1; }
    cat "$ca/$name.key" "$ca/$name.crt" >"$ca/$name.pem"
}
mkdir "$ca"
certificate root ""
certificate stranger ""
certificate stamps root "basicConstraints=critical,CA:FALSE" \
    "extendedKeyUsage=critical,timeStamping"
certificate here root "subjectAltName=IP:127.0.0.1"
certificate elsewhere root "subjectAltName=DNS:elsewhere.test"
cat >"$ca/ts.conf" <<CONF
[tsa]
serial = $ca/serial
signer_cert = $ca/stamps.crt
signer_key = $ca/stamps.key
certs = $ca/root.crt
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[picky]
serial = $ca/serial
signer_cert = $ca/stamps.crt
signer_key = $ca/stamps.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha512
CONF
python3 "$here/authority.py" "$ca" &
server=$!
trap 'kill $server' EXIT
for ((i = 0; i < 600; i++)); do
    [[ ! -e $ca/ports ]] || break
    sleep 0.05
done
read -r plain secure other <"$ca/ports"
url=http://127.0.0.1:$plain

anchor() { "$PGRETAIN" audit anchor "$audit" "$@"; }
verify() { "$PGRETAIN" audit verify "$audit" "$@"; }
stamps() { find "$work" -maxdepth 1 -name '*.tsr' | wc -l; }
lines() { wc -l <"$audit"; }

# What is refused leaves nothing behind.
run 7 "no log" "$PGRETAIN" audit anchor "$work/none.jsonl" "$url/good"
fresh
run 0 "a run without a key" enforce_new
before=$(lines)
refused() { # name, what stderr says, argument...
    local name=$1 words=$2
    shift 2
    run 1 "$name" anchor "$@"
    says "$err" "$words" "$name: said"
}
refused "another nonce" "nonce mismatch" "$url/nonce"
refused "another imprint" "message imprint mismatch" "$url/imprint"
refused "a rejection" "authority refused the request, with status 2" "$url/rejected"
refused "a forged signature" "no time stamp of this request" "$url/forged"
refused "a forged signature, with --ca" "no time stamp" "$url/forged" --ca "$ca/root.crt"
refused "bytes behind the answer" "not one of RFC 3161" "$url/longer"
refused "garbage" "not one of RFC 3161" "$url/garbage"
refused "too much" "more than 262144 bytes" "$url/large"
refused "another type" "something else than application/timestamp-reply" "$url/page"
refused "an error" "HTTP status 503" "$url/closed"
refused "another authority's stamp" "certificate verify error" "$url/good" --ca "$ca/stranger.crt"
: >"$ca/asked"
refused "a redirect" "redirects, which is not followed" "$url/moved"
is "$(cut -d' ' -f1 "$ca/asked")" /moved "nobody went where it leads"
refused "TLS by an unknown authority" "could not reach .*https:" "https://127.0.0.1:$secure/good"
refused "TLS by another authority" "could not reach" "https://127.0.0.1:$secure/good" \
    --tls-ca "$ca/stranger.crt"
refused "another server's certificate" "could not reach" "https://127.0.0.1:$other/good" \
    --tls-ca "$ca/root.crt"
refused "nobody there" "could not reach" http://127.0.0.1:1/
run 2 "no certificates" anchor "$url/good" --ca "$policy"
run 2 "another scheme" anchor "file://$policy"
run 2 "no URL" anchor
run 2 "credentials" anchor "http://zquser:zqsecret@127.0.0.1:$plain/good"
ok "$(grep -c zq "$err")" "they are not shown"
is "$(stamps) $(lines)" "0 $before" "no stamp and no record so far"

# A stamp of an unsigned head.
run 0 "anchor" anchor "$url/good?token=zqsecret"
says "$out" "^$work/audit.$before.tsr: $before records, stamped at 2.*Z; .* not checked" \
    "it says so"
is "$(tail -1 "$ca/asked")" "/good application/timestamp-query" "the request has its type"
token=$work/audit.$before.tsr
is "$(stat -c %a "$token")" 600 "the stamp is private"
record() { jq -r 'select(.kind == "anchor") | "\(.records) \(.token) \(.url)"' "$audit" | tail -1; }
is "$(record)" "$before $(sha256sum <"$token" | cut -c 1-64) $url/good" \
    "the record names size, stamp and authority, and no query"
run 0 "verify" verify
says "$out" "the newest of $((before + 1)) records" "a head covers the record"
ok "$(cat "$audit" "$err" "$out" | grep -c zqsecret)" "the query is nowhere"

# As the manual has it: the head's lines, and openssl.
by_hand() { # size
    (cd "$work" && size=$1 bash by_hand.sh)
}
sed -n '/^grep -x /,/^openssl /p' "$here/../../man/pgretain-audit.5" | sed 's/\\(em/—/
    s/callshift/audit/g; s/\b121\b/$size/g; s|ca.pem|'"$ca/root.crt|" >"$work/by_hand.sh"
run 0 "openssl verifies the stamp of an unsigned head" by_hand "$before"
says "$out" "Verification: OK" "openssl says so"

# A signed head, over TLS, of a known authority.
name=$(verify --format json | jq -r .origin)
"$PGRETAIN" audit keygen "$work/key.pem" "$name" >"$work/vkey"
run 0 "anchor with a key" anchor "https://127.0.0.1:$secure/good" --ca "$ca/root.crt" \
    --tls-ca "$ca/root.crt" --audit-key "$work/key.pem"
says "$out" "stamped at [^;]*$" "the authority was checked"
size=$(record | cut -d' ' -f1)
run 0 "openssl verifies the stamp of a signed head" by_hand "$size"
run 0 "verify with the key" verify --key "$work/vkey"
says "$out" "signed" "signed"
run 0 "enforce goes on" enforce --audit-key "$work/key.pem"
run 0 "rotate" "$PGRETAIN" audit rotate "$audit" --audit-key "$work/key.pem"
run 0 "anchor a rotated log" anchor "$url/good" --audit-key "$work/key.pem"
run 0 "verify all" verify --key "$work/vkey"
is "$(stamps)" 3 "three stamps"

# One that is left from an anchor that was cut short is not overwritten.
next=$work/audit.$(verify --format json | jq .head_records).tsr
echo left >"$next"
run 5 "a stamp that is there" anchor "$url/good" --audit-key "$work/key.pem"
is "$(cat "$next")" left "it stays"
sed -i '2s/"at":"2/"at":"1/' "$audit"
run 7 "a broken log" anchor "$url/good"
is "$(stamps)" 4 "nothing is stamped"

finish
