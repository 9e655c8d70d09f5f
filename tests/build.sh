#!/bin/bash
# Builds a second time, with other eyes. Warnings are errors in both.
#   build.sh clang FOLDER        everything with clang, and runs the fuzzers once over their corpus
#   build.sh sanitize FOLDER     with ASan, UBSan and the fault points, and runs the unit tests
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
kind=$1
folder=$2

case $kind in
    clang)
        options=(-DCMAKE_C_COMPILER=clang-14 -DPGRETAIN_FUZZ=ON -DCMAKE_BUILD_TYPE=Debug)
        label=fuzz
        ;;
    sanitize)
        options=(-DPGRETAIN_SANITIZE=ON -DPGRETAIN_FAULTS=ON -DCMAKE_BUILD_TYPE=Debug)
        label=unit
        ;;
    *)
        echo "usage: build.sh clang|sanitize FOLDER" >&2
        exit 2
        ;;
esac

cmake -S "$root" -B "$folder" -DPGRETAIN_WERROR=ON -DPGRETAIN_TESTS=ON "${options[@]}"
cmake --build "$folder" --parallel 2
ctest --test-dir "$folder" --output-on-failure --no-tests=error --parallel 2 -L "^$label\$"
