#!/bin/bash
# Holds the source to the table of rooms: who may include and link whom, which room alone knows a
# library, where SQL that writes may be spelled, and what lies at the top level.
#   includes.sh [ROOT]
# System headers and all rooms are on the compiler's path, so the compiler cannot check this.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

# room: the rooms it may use, beside `base` and itself. include/pgretain may use `base` alone.
declare -A may=(
    [base]=""
    [policy]=""
    [db]=""
    [catalog]="db mask"
    [mask]=""
    [plan]="mask"
    [statement]="mask"
    [measure]="db statement mask"
    [enforce]="db plan statement measure audit upstream catalog mask"
    [audit]="http"
    [http]=""
    [upstream]="http"
    [discover]="db"
    [coverage]=""
    [draft]="mask"
    [report]="mask"
    [notify]="http"
    [cli]="policy db catalog mask plan statement measure enforce audit http upstream discover
           coverage draft report notify"
)
# header: the one room that may include it
declare -A owner=([libpq-fe.h]=db [yaml.h]=policy [curl/curl.h]=http)
top_level="CMakeLists.txt LICENSE README.md src include policies tests man scripts"

problems=0
problem() {
    echo "$1" >&2
    problems=$((problems + 1))
}

allowed() { # room, used
    [[ $2 == base || $2 == "$1" || " ${may[$1]//$'\n'/ } " == *" $2 "* ]]
}

# The room of a file; "public" for include/pgretain, "main" for src/main.c.
room_of() {
    case $1 in
        include/*) echo public ;;
        src/*/*)
            local rest=${1#src/}
            echo "${rest%%/*}"
            ;;
        *) echo main ;;
    esac
}

check_include() { # file, line, header
    local room used=${3%%/*}
    room=$(room_of "$1")
    if [[ -n ${owner[$3]:-} && ${owner[$3]} != "$room" ]]; then
        problem "$1:$2: only the room '${owner[$3]}' may include $3"
    fi
    [[ -n ${may[$used]+known} && $3 == */* ]] || return 0
    case $room in
        public) [[ $used == base ]] || problem "$1:$2: a public header may not use '$used'" ;;
        main) [[ $used == cli ]] || problem "$1:$2: main.c may use 'cli' alone" ;;
        *) allowed "$room" "$used" || problem "$1:$2: the room '$room' may not use '$used'" ;;
    esac
}

check_sources() {
    local file line text
    while IFS=: read -r file line text; do
        [[ $text =~ [\<\"]([^\>\"]+)[\>\"] ]] || continue
        check_include "$file" "$line" "${BASH_REMATCH[1]}"
    done < <(grep -rnE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include' src include)

    local room
    for room in src/*/; do
        room=$(basename "$room")
        [[ -n ${may[$room]+known} ]] || problem "src/$room: not a room of the table"
    done
}

# CMake's `room(NAME USES …)` must not link what the table forbids.
check_links() {
    local line words used
    while read -r line; do
        line=${line#room(}
        read -ra words <<<"${line%)*}"
        [[ -n ${may[${words[0]}]+known} ]] || {
            problem "src/CMakeLists.txt: '${words[0]}' is not a room of the table"
            continue
        }
        for used in "${words[@]:2}"; do
            [[ -z ${may[$used]+known} ]] || allowed "${words[0]}" "$used" ||
                problem "src/CMakeLists.txt: the room '${words[0]}' may not link '$used'"
        done
    done < <(grep -E '^room\(' src/CMakeLists.txt)
}

# SQL that writes, inside a string literal or in a file of SQL, belongs to `statement`.
check_writes() {
    local writes='DELETE[[:space:]]+FROM|UPDATE[[:space:]]+(ONLY|%|\\")|DETACH[[:space:]]+PARTITION'
    writes+='|DROP[[:space:]]+TABLE|TRUNCATE[[:space:]]'
    writes+='|INSERT[[:space:]]+INTO|MERGE[[:space:]]+INTO'
    local found
    while read -r found; do
        problem "$found"$'\n'"    SQL that writes is spelled in src/statement alone"
    done < <(
        grep -rnE --include='*.[ch]' "\"[^\"]*\\b($writes)|\"(UPDATE|DELETE|DETACH|DROP) " src \
            include | grep -v '^src/statement/' || true
        grep -rniE --include='*.sql' "^[^-]*\\b($writes|UPDATE[[:space:]]+[a-z])" src || true
    )
}

# Outside a git checkout the files are what the folder holds.
list_files() {
    git -c safe.directory='*' ls-files --cached --others --exclude-standard 2>/dev/null ||
        find . -type f -not -path './build*' -printf '%P\n'
}

check_top_level() {
    local name
    while read -r name; do
        [[ $name == .* || " $top_level " == *" $name "* ]] ||
            problem "$name: not a part of the agreed top level"
    done < <(list_files | cut -d/ -f1 | sort -u)
}

check_sources
check_links
check_writes
check_top_level
if ((problems)); then
    echo "includes: $problems problem(s)" >&2
    exit 1
fi
