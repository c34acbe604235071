#!/bin/bash
# Makes a frozen database with the code of an earlier commit: the seed article, a source
# renamed and an event added and taken back, a review; from 0004 on two claims that cannot both
# hold, and a review of that. They are test assets and stay as they are; this tells how they
# were made.
#
#   tests/store/frozen/make.sh c238f87 0001    the last commit with schema 0001
#   tests/store/frozen/make.sh 24549af 0002    the last commit with schema 0002
#   tests/store/frozen/make.sh 2e72392 0003    the last commit with schema 0003
#   tests/store/frozen/make.sh 9dfc6d7 0004    the last commit with schema 0004
set -eu
here=$(cd "$(dirname "$0")" && pwd)
old=$(mktemp -d)
git -C "$here/../../.." archive "$1" | tar -x -C "$old"
export PYTHONPATH="$old/src" CLAIMTRACK_DB="$old/frozen.db" CLAIMTRACK_USER=ann
run() { python -c 'from claimtrack.cli.main import run; run()' "$@"; }
cd "$old"
run init
run import data/seed_article.json
cat >renamed.json <<'END'
{"claimtrack": 1, "sources": [{"id": "bloomberg", "name": "Bloomberg News", "kind": "news"}]}
END
cat >other.json <<'END'
{"claimtrack": 1, "events": [{"id": "other", "title": "Another event"}]}
END
run import renamed.json --update
run import other.json
run undo --yes
run review bloomberg --status confirmed --why "read it" || true
[ "$2" = 0001 ] || run grade bloomberg --reliability B --why "names its sources by kind"
if [ "$2" \> 0003 ]; then
    cat >apart.json <<'END'
{"claimtrack": 1, "claims": [
  {"event": "khasham-2018", "document": "treehouse-2018-03-03", "metric": "duration", "value": "three hours"},
  {"event": "khasham-2018", "document": "treehouse-2018-03-03", "metric": "duration", "value": "ten hours"}]}
END
    run import apart.json
    run resolve "$(run contradictions --rule date --format tsv | tail -n 1 | cut -f 1)" \
        --as explained --why "the one counts the shelling"
fi
sqlite3 "$CLAIMTRACK_DB" 'PRAGMA journal_mode = DELETE; VACUUM;' >/dev/null
cp "$CLAIMTRACK_DB" "$here/$2.db"
