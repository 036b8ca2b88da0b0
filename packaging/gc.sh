#!/usr/bin/env bash
# One table of garbage collectors for the workbench of an app-image: time to the third frame, resident memory, and how
# late frames come while the sample replays for twenty seconds. Medians of five. Headless platform, no ahead-of-time
# cache (it is made for one collector), the same heap bounds for all.
#
# usage: gc.sh [APP_IMAGE]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
image=$(cd "${1:-$here/../target/package/partflow}" && pwd -P)
. "$here/image.sh"
read_image
runs=5
watch_seconds=20

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"

options=()
for option in "${java_options[@]}"; do
  case $option in -XX:+Use*GC | -XX:AOTCache=*) ;; *) options+=("$option") ;; esac
done

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
word_after() { sed -n "s/.* $2 \([0-9.]*\).*/\1/p" "$1"; }

echo "$(uname -sm), $(nproc) processors, $("$java" -version 2>&1 | sed -n 2p), ${watch_seconds} s of the sample"
echo
echo "| collector | frame 3 ms | VmRSS MiB | frame gap p50 ms | p99 ms | worst ms |"
echo "|---|---|---|---|---|---|"
try_collector() {
  local name=$1 i began pid
  shift
  rm -f "$work"/*.column
  for ((i = 0; i < runs; i++)); do
    : > "$work/out"
    began=$(($(date +%s%N) / 1000000))
    "$java" "${options[@]}" "$@" "${headless_options[@]}" -Dpartflow.startup.trace=$watch_seconds \
      -Duser.home="$work/home" -cp "$class_path" io.partflow.app.Launcher > "$work/out" 2>&1 &
    pid=$!
    if ! await_line "$work/out" frame-gaps $((watch_seconds * 10 + 300)) $pid; then
      cat "$work/out" >&2
      exit 1
    fi
    echo $(($(word_after "$work/out" epoch-ms) - began)) >> "$work/start.column"
    awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status" >> "$work/rss.column"
    word_after "$work/out" p50-ms >> "$work/p50.column"
    word_after "$work/out" p99-ms >> "$work/p99.column"
    word_after "$work/out" max-ms >> "$work/max.column"
    kill -TERM $pid
    wait $pid 2> /dev/null || true
  done
  printf '| %s | %s | %s | %s | %s | %s |\n' "$name" "$(median < "$work/start.column")" "$(median < "$work/rss.column")" \
    "$(median < "$work/p50.column")" "$(median < "$work/p99.column")" "$(median < "$work/max.column")"
}
try_collector "Serial" -XX:+UseSerialGC
try_collector "Parallel" -XX:+UseParallelGC
try_collector "G1" -XX:+UseG1GC
try_collector "G1, compact headers" -XX:+UseG1GC -XX:+UseCompactObjectHeaders
try_collector "Serial, compact headers" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
try_collector "Generational Shenandoah" -XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational
try_collector "ZGC" -XX:+UseZGC
