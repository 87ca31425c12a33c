#!/usr/bin/env bash
# Labels a day's articles: label_day.sh FOLDER MAIL_TO [DAY]
# cron may start it as often as it likes: while one is at work the next goes home, what was stopped
# goes on where it stopped, and a day that is done is left alone.
set -uo pipefail

folder=${1:?the folder of articles/ and wire.store}
mail_to=${2:?whom to write to}
day=${3:-$(date --utc --date=yesterday +%F)}

cd "$folder" || exit 2
mkdir -p jobs labels
out=labels/$day.jsonl
said=jobs/$day.said

exec 9> "jobs/$day.lock"
flock --nonblock 9 || exit 0
[[ -e $out ]] && exit 0

copydesk label "articles/$day.jsonl" --sources wire.store --out "$out" --job-dir "jobs/$day" \
    --jobs -1 --quiet 2> "$said" 9>&-
code=$?

case $code in
    0) ;;
    1) mail -s "copydesk $day: labelled, some rejected" "$mail_to" < "$out.rejected.jsonl" ;;
    2) mail -s "copydesk $day: nothing labelled" "$mail_to" < "$said" ;;
    130 | 143) ;; # stopped: the next start goes on
    *) mail -s "copydesk $day: broke off, the next start goes on" "$mail_to" < "$said" ;;
esac
exit $code
