#!/usr/bin/env bash
# One table of garbage collectors for the workbench of an app-image: time to the third frame, processor time until
# then, resident memory, and how late frames come while a run of 500 parts a second goes on for ten seconds. Medians
# of five. Headless platform, no ahead-of-time cache (it is made for one collector), the same heap bounds for all.
#
# usage: gc.sh [APP_IMAGE]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
image=$(cd "${1:-$here/../target/package/partflow}" && pwd -P)
. "$here/image.sh"
read_image
runs=5
watch_seconds=10
parts_per_second=500

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The first sample with its questions asked over and over, faster: what opens and runs at a first start.
mkdir -p "$work/app"
cp -r "$app/samples" "$work/app/samples"
stream=samples/streams/hello-hits.parts.jsonl
count=$((parts_per_second * (watch_seconds + 5)))
awk -v count=$count -v rate=$parts_per_second '
  NR == 1 {print; next}
  /"seq":/ {sub(/^{"at_ms":[0-9.]*,"seq":[0-9]*/, ""); rest[++known] = $0}
  END {
    for (i = 1; i <= count; i++) printf "{\"at_ms\":%.3f,\"seq\":%d%s\n", i * 1000 / rate, i, rest[(i - 1) % known + 1]
    printf "{\"at_ms\":%.3f,\"end\":{\"status\":\"completed\",\"parts\":%d}}\n", count * 1000 / rate, count
  }' "$app/$stream" > "$work/app/$stream"

options=()
for option in "${java_options[@]}"; do
  case $option in -XX:+Use*GC | -XX:*UseCompactObjectHeaders | -XX:AOTCache=* | -Dpartflow.home=*) ;; *) options+=("$option") ;; esac
done

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
word_after() { sed -n "s/.* $2 \([0-9.]*\).*/\1/p" "$1"; }

echo "$(uname -sm), $(nproc) processors, $("$java" -version 2>&1 | sed -n 2p), ${watch_seconds} s of $parts_per_second parts/s"
echo
echo "| collector | frame 3 ms | of it processor ms | VmRSS MiB | frame gap p50 ms | p99 ms | worst ms | load |"
echo "|---|---|---|---|---|---|---|---|"
try_collector() {
  local name=$1 i began pid
  shift
  rm -f "$work"/*.column
  for ((i = 0; i < runs; i++)); do
    : > "$work/out"
    rm -rf "$work/home"
    mkdir "$work/home"
    began=$(($(date +%s%N) / 1000000))
    PARTFLOW_HOME=$work/home "$java" "${options[@]}" "$@" -Dpartflow.home="$work/app" "${headless_options[@]}" \
      -Dpartflow.startup.trace=$watch_seconds -Duser.home="$work/home" -cp "$class_path" io.partflow.app.Launcher > "$work/out" 2>&1 &
    pid=$!
    await_line "$work/out" third-frame 600 $pid || true
    processor_ms $pid >> "$work/cpu.column"
    if ! await_line "$work/out" frame-gaps $((watch_seconds * 10 + 300)) $pid; then
      cat "$work/out" >&2
      exit 1
    fi
    echo $(($(word_after "$work/out" "third-frame epoch-ms") - began)) >> "$work/start.column"
    awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status" >> "$work/rss.column"
    word_after "$work/out" p50-ms >> "$work/p50.column"
    word_after "$work/out" p99-ms >> "$work/p99.column"
    word_after "$work/out" max-ms >> "$work/max.column"
    kill -TERM $pid
    wait $pid 2> /dev/null || true
  done
  printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$(median < "$work/start.column")" \
    "$(median < "$work/cpu.column")" "$(median < "$work/rss.column")" \
    "$(median < "$work/p50.column")" "$(median < "$work/p99.column")" "$(median < "$work/max.column")" "$(cut -d' ' -f1 /proc/loadavg)"
}
try_collector "Serial" -XX:+UseSerialGC
try_collector "Parallel" -XX:+UseParallelGC
try_collector "G1" -XX:+UseG1GC
try_collector "G1, compact headers" -XX:+UseG1GC -XX:+UseCompactObjectHeaders
try_collector "Serial, compact headers" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
try_collector "Generational Shenandoah" -XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational
try_collector "ZGC" -XX:+UseZGC
