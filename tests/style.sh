#!/bin/bash
# The look of the repository: C laid out by clang-format 14, shell clean under shellcheck, files of
# a size that can be read, lines within 100 columns, no stray white space.
set -euo pipefail
cd "$(dirname "$0")/.."

problems=0
problem() {
    echo "$1" >&2
    problems=$((problems + 1))
}

scripts/format --check || problem "C sources differ from .clang-format; run scripts/format"

mapfile -t texts < <(
    git -c safe.directory='*' ls-files --cached --others --exclude-standard 2>/dev/null ||
        find . -type f -not -path './build*' -not -path './.git/*' -printf '%P\n'
)
shells=()
for file in "${texts[@]}"; do
    [[ -f $file ]] || continue
    read -r first <"$file" || true
    case $first in
        '#!/bin/bash'*)
            shells+=("$file")
            [[ -x $file ]] || problem "$file: not executable"
            grep -qx 'set -euo pipefail' "$file" || problem "$file: lacks 'set -euo pipefail'"
            ;;
        '#!/bin/sh'*) shells+=("$file") ;;
    esac
    case $file in
        tests/fixtures/* | tests/golden/* | tests/fuzz/*) continue ;;
        *.c | *.h)
            (($(wc -l <"$file") <= 500)) || problem "$file: longer than 500 lines"
            ;;
    esac
    # C's columns are clang-format's affair: it leaves long literals as they are.
    case $file in
        *.c | *.h) unwanted='[[:space:]]$' ;;
        *.sh | *.sql | *.yaml | *.cmake | */CMakeLists.txt | scripts/*)
            unwanted='.{101}|[[:space:]]$'
            ;;
        *) continue ;;
    esac
    if LC_ALL=C.UTF-8 grep -nE "$unwanted" "$file"; then
        problem "$file: the lines above are over 100 columns or end in white space"
    fi
    [[ -z $(tail -c 1 "$file") ]] || problem "$file: lacks the last newline"
done
shellcheck --external-sources --source-path=SCRIPTDIR "${shells[@]}" ||
    problem "shellcheck found something"

if ((problems)); then
    echo "style: $problems problem(s)" >&2
    exit 1
fi
