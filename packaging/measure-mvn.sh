#!/usr/bin/env bash
# Measures what a user of the sources waits for: the time from the end of the build that "mvn" does (Maven's line on its
# last step, "workbench") to the third frame of the window. Medians of five: of first starts, for which the build has
# just learnt how to start, and of later ones without a change. In JavaFX's headless platform, and in Xvfb too where it is
# installed. The duration of the build itself, without compiling, is told beside.
#
# usage: measure-mvn.sh [headless|Xvfb]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$here")
image=
. "$here/image.sh"
only=${1:-}
runs=5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
maven=(mvn -B -o)
command -v mvn > /dev/null || maven=(./mvnw -B -o)

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# start_ms and build_ms of one "mvn" with the options given
once() {
  local began line frame
  # every start is a first one: the sample opens and runs
  rm -rf "$work/home"
  mkdir "$work/home"
  began=$(now_ms)
  PARTFLOW_HOME=$work/home JAVA_TOOL_OPTIONS="-Dpartflow.startup.trace=end $*" "${maven[@]}" 2>&1 \
    | while IFS= read -r line; do
      case $line in
        *'exec (workbench)'*) echo "opening $(now_ms)" ;;
        *third-frame*) echo "$line" ;;
        *ERROR*) echo "$line" >&2 ;;
      esac
    done > "$work/out"
  line=$(grep '^opening' "$work/out")
  frame=$(grep third-frame "$work/out")
  frame=${frame#*epoch-ms }
  start_ms=$((${frame%% *} - ${line#opening }))
  build_ms=$((${line#opening } - began))
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

several() { # WHICH OPTIONS...
  local which=$1 i starts='' builds=''
  shift
  for ((i = 0; i < runs; i++)); do
    # what "mvn clean" and every change of a source have done again
    if [ "$which" = first ]; then rm -rf target/workbench; fi
    once "$@"
    starts="$starts$start_ms"$'\n'
    builds="$builds$build_ms"$'\n'
  done
  printf '| %-8s | %-7s | %10d | %8d | %s | %s |\n' "$platform" "$which" "$(printf %s "$starts" | median)" \
    "$(printf %s "$builds" | median)" "$(cut -d' ' -f1 /proc/loadavg)" "$(printf %s "$starts" | sort -n | paste -sd' ' -)"
}

measure() {
  several first "$@"
  several later "$@"
}

"${maven[@]}" -q process-classes > /dev/null
echo "$(uname -sm), $(nproc) processors, Maven on $(java -version 2>&1 | sed -n 1p)"
echo
echo "| platform | start   | frame 3 ms | build ms | load | all five, ms |"
echo "|---|---|---|---|---|---|"
if [ "$only" != Xvfb ]; then
  platform=headless
  measure "${headless_options[@]}"
fi
if [ "$only" != headless ] && command -v Xvfb > /dev/null; then
  platform=Xvfb
  display=:$((90 + RANDOM % 100))
  Xvfb $display -screen 0 1600x1000x24 > /dev/null 2>&1 &
  server=$!
  trap 'kill $server; rm -rf "$work"' EXIT
  export DISPLAY=$display
  for ((i = 0; i < 100; i++)); do [ -e "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.05; done
  measure -Dprism.order=sw
fi
