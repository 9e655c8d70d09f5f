#!/bin/bash
# The test of the include table must itself be able to fail: each rule is broken once in a copy.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

failures=0
# file, line to append, what the complaint must say
expect_complaint() {
    rm -rf "$copy/tree"
    mkdir "$copy/tree"
    cp -r "$root/src" "$root/include" "$copy/tree"
    mkdir -p "$(dirname "$copy/tree/$1")"
    printf '%s\n' "$2" >>"$copy/tree/$1"
    if "$root/tests/includes.sh" "$copy/tree" >"$copy/output" 2>&1; then
        echo "not noticed: $2 in $1" >&2
    elif ! grep -qF "$3" "$copy/output"; then
        echo "noticed, but not as '$3': $2 in $1" >&2
        cat "$copy/output" >&2
    else
        return 0
    fi
    failures=$((failures + 1))
}

expect_complaint src/plan/x.c '#include "db/db.h"' "the room 'plan' may not use 'db'"
expect_complaint src/base/x.c '#  include "policy/policy.h"' "the room 'base' may not use 'policy'"
expect_complaint src/report/x.c '#include "cli/cli.h"' "the room 'report' may not use 'cli'"
expect_complaint src/measure/x.c '#include <libpq-fe.h>' "only the room 'db' may include"
expect_complaint src/cli/x.c '#include <yaml.h>' "only the room 'policy' may include"
expect_complaint src/cli/x.c '#include <curl/curl.h>' "only the room 'http' may include"
expect_complaint include/pgretain/x.h '#include "mask/mask.h"' "a public header may not use 'mask'"
expect_complaint src/main.c '#include "db/db.h"' "main.c may use 'cli' alone"
expect_complaint src/CMakeLists.txt 'room(plan USES base mask db)' "'plan' may not link 'db'"
expect_complaint src/gremlin/x.c 'int x;' "not a room of the table"
expect_complaint src/enforce/x.c 'const char *s = "DELETE FROM t";' "src/statement alone"
expect_complaint src/plan/x.c 'const char *s = "UPDATE " ;' "src/statement alone"
expect_complaint src/catalog/sql/x.sql 'delete from t' "src/statement alone"
expect_complaint notes/x 'stray' "not a part of the agreed top level"

((failures == 0))
