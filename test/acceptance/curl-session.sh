#!/usr/bin/env bash
# A session with curl alone: sign in, upload real PDF and Word files, follow each until it is ready, ask five questions of
# which one has no answer there. Exit code 77: skipped, since the files are not there. Node is used only to compare quotes with their source.
#
#   API=http://127.0.0.1:3000/api/v1 EMAIL=admin@my-ia.local PASSWORD=... CORPUS=../shared/corpus test/acceptance/curl-session.sh
set -uo pipefail

API=${API:?the address of the API, e.g. http://127.0.0.1:3000/api/v1}
EMAIL=${EMAIL:?the e-mail address to sign in with}
PASSWORD=${PASSWORD:?its password}
CORPUS=${1:-${CORPUS:-../shared/corpus}}
FILES=(guide-integrateur.pdf olap-fr.pdf redpaper.pdf tables.docx rich-cells.docx numbered-list.docx)
JSON='Content-Type: application/json'

for file in "${FILES[@]}"; do
  [ -f "$CORPUS/$file" ] || { echo "SKIP curl session: $CORPUS/$file is not there (name its folder by CORPUS)"; exit 77; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0
verdict() { # code, statement
  if [ "$1" -eq 0 ]; then passed=$((passed + 1)) && echo "PASS $2"; else failed=$((failed + 1)) && echo "FAIL $2"; fi
}
# The first value of a string field.
pick() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

echo "\$ curl -s -H '$JSON' \$API/auth/login -d '{\"email\":\"$EMAIL\",\"password\":\"...\"}'"
token=$(curl -s --max-time 30 -H "$JSON" "$API/auth/login" -d "{\"email\":\"$EMAIL\",\"password\":\"$PASSWORD\"}" | pick accessToken)
[ -n "$token" ]; verdict $? 'signing in gives an access token'
AUTH="Authorization: Bearer $token"
api() { curl -s --max-time 120 -H "$AUTH" "$@"; }

echo "\$ curl -s -H \"\$AUTH\" -H '$JSON' \$API/collections -d '{\"name\":\"Curl\"}'"
collection=$(api -H "$JSON" "$API/collections" -d '{"name":"Curl"}')
echo "$collection"
ID=$(pick id <<<"$collection")
[ -n "$ID" ]; verdict $? 'a collection is made'

forms=()
for file in "${FILES[@]}"; do forms+=(-F "files=@$CORPUS/$file"); done
echo "\$ curl -s -H \"\$AUTH\" \$API/collections/\$ID/documents $(printf -- '-F files=@%s ' "${FILES[@]}")"
begun=$(date +%s%N)
api "$API/collections/$ID/documents" "${forms[@]}" >"$scratch/uploaded"
cat "$scratch/uploaded"; echo
mapfile -t documents < <(grep -o '"id":"[^"]*"' "$scratch/uploaded" | cut -d '"' -f 4)
[ "${#documents[@]}" -eq "${#FILES[@]}" ]; verdict $? "${#FILES[@]} files are taken at once"

echo "\$ curl -sN -H \"\$AUTH\" \$API/documents/${documents[0]}/events"
# A stream ends by itself once its document is ready or failed.
for document in "${documents[@]}"; do api -N "$API/documents/$document/events" >"$scratch/$document.events" & done
wait
grep -E '^(event|data):' "$scratch/${documents[0]}.events"
for at in "${!documents[@]}"; do
  steps=$(grep -o '"status":"[a-z]*"' "$scratch/${documents[$at]}.events" | cut -d '"' -f 4 | uniq | tr '\n' ' ')
  [ "${steps##*ready }" = '' ] && [ -n "$steps" ]; verdict $? "${FILES[$at]} is followed until it is ready: ${steps% }"
done
echo "   all ready $((($(date +%s%N) - begun) / 1000000)) ms after the upload began"

# Every quote is what its document says at those offsets, which count UTF-16 code units as JavaScript does.
cat >"$scratch/verify.js" <<'JS'
const { readFileSync } = require('node:fs');
const [, , folder, wanted, fragment] = process.argv;
const answer = JSON.parse(readFileSync(`${folder}/answer`, 'utf8'));
const text = (id) => JSON.parse(readFileSync(`${folder}/${id}`, 'utf8')).text;
const citations = answer.citations ?? [];
const exact = citations.every(({ documentId, start, end, quote }) => quote !== '' && text(documentId).slice(start, end) === quote);
const quoted = citations.some(({ quote }) => quote.includes(fragment));
const complaint =
  wanted === 'grounded'
    ? (answer.grounded !== true && 'it is not grounded') || (citations.length === 0 && 'nothing is cited') ||
      (!exact && 'a quote is not in its source') || (!quoted && `no quote says "${fragment}"`)
    : (answer.grounded !== false && 'it claims to be grounded') || (citations.length > 0 && 'it cites something');
console.log(complaint || `${citations.length} exact quotes, ${answer.provider} ${answer.model}, ${answer.timings?.totalMs} ms`);
process.exit(complaint ? 1 : 0);
JS

ask() { # grounded or ungrounded, question, what a quote must say
  echo "\$ curl -s -H \"\$AUTH\" -H '$JSON' \$API/chat -d '{\"message\":\"$2\"}'"
  api -H "$JSON" "$API/chat" -d "{\"message\":\"$2\",\"collectionIds\":[\"$ID\"]}" >"$scratch/answer"
  cat "$scratch/answer"; echo
  for document in $(grep -o '"documentId":"[^"]*"' "$scratch/answer" | cut -d '"' -f 4 | sort -u); do
    api "$API/documents/$document/content" >"$scratch/$document"
  done
  reason=$(node "$scratch/verify.js" "$scratch" "$1" "$3" 2>&1 | tail -n 1; exit "${PIPESTATUS[0]}")
  verdict $? "\"$2\" is $1: $reason"
}

ask grounded 'À qui s’adresse le guide de l’intégrateur ?' 'intégrateurs chargés de réaliser les gabarits HTML et CSS'
ask grounded 'Comment la qualité des résumés est-elle évaluée ?' 'une mesure étendant les mesures classiques de rappel et précision'
ask grounded 'What three things should a security policy address?' 'confidentiality, integrity, and availability'
ask grounded 'At which number does the new list start?' 'This is a new list that starts at 6'
ask ungrounded 'Quel est le prix d’un abonnement au métro de Lyon ?' ''

echo "curl session: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
