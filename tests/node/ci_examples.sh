#!/bin/bash
# Runs the CI examples of README.md as their runners would, in a repository with a policy that
# changed, with stand-ins for what sends a comment.
#   ci_examples.sh PGRETAIN FOLDER     FOLDER as of run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pgretain=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/jobs" "$work/bin" "$work/repository"
"$here/run.sh" "$folder" "$here/ci_examples.js" "$here/../../README.md" "$work/jobs"

# gh and curl keep what they were to send: --body-file FILE, --form body=<FILE.
cat >"$work/bin/gh" <<'SH'
#!/bin/sh
[ "$1 $2 $3 $4" = "pr comment 7 --body-file" ] && cat "$5" >"$SENT"
SH
cat >"$work/bin/curl" <<'SH'
#!/bin/sh
for word; do case $word in body=\<*) cat "${word#body=<}" >"$SENT" ;; esac; done
case $word in https://*/merge_requests/9/notes) ;; *) exit 1 ;; esac
SH
chmod +x "$work/bin/gh" "$work/bin/curl"
ln -s "$pgretain" "$work/bin/pgretain"
export PATH=$work/bin:$PATH SENT=$work/sent

cd "$work/repository"
git init -q -b main .
git config user.name test
git config user.email test@example.org
mkdir policies
cp "$here/../../policies/minimal.yaml" policies/app.yaml
git add .
git commit -qm old
git update-ref refs/remotes/origin/main HEAD
sed -i 's/12 months/6 months/' policies/app.yaml
git commit -qam new
export GITHUB_BASE_REF=main CI_API_V4_URL=https://git.example.org/api/v4 CI_PROJECT_ID=3
export CI_MERGE_REQUEST_IID=9 COMMENT_TOKEN=secret
CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse HEAD^)
export CI_MERGE_REQUEST_DIFF_BASE_SHA

comments=0
for job in "$work"/jobs/*.sh; do
    chmod a+w policies/app.yaml
    rm -f "$SENT"
    bash -euo pipefail "$job" >"$work/out" 2>&1 </dev/null || {
        cat "$job" "$work/out" >&2
        exit 1
    }
    [[ ! -e $SENT ]] || comments=$((comments + 1))
    [[ ! -e $SENT ]] || grep -q 'keeps for 6 months instead of 12 months' "$SENT" || {
        echo "ci_examples: $job comments without saying what changed" >&2
        exit 1
    }
done
((comments == 2)) || { echo "ci_examples: $comments comments instead of 2" >&2; exit 1; }
