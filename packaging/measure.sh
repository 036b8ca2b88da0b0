#!/usr/bin/env bash
# Measures how an app-image starts: the time to the third frame of the workbench and of a bare JavaFX window on the
# same runtime, and the resident memory three seconds after that frame. Medians of five, after one start to warm the
# disk; processor time is that of all threads until that frame. In JavaFX's headless platform, and in Xvfb too where xvfb-run exists.
#
# usage: measure.sh [APP_IMAGE] [--check]     --check ends with status 1 when a bound is broken
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
image=$here/../target/package/partflow
check=no
for argument in "$@"; do
  case $argument in
    --check) check=yes ;;
    *) image=$argument ;;
  esac
done
image=$(cd "$image" && pwd -P)
. "$here/image.sh"
read_image

heap_options=()
for option in "${java_options[@]}"; do
  case $option in -XX:+Use* | -Xm*) heap_options+=("$option") ;; esac
done

runs=5
most_start_ms=900
most_times_bare=2.0
most_rss_mib=200

jdk=${JAVA_HOME:?set JAVA_HOME to a JDK 25}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bare"
# the runtime has no compiler; the JDK's one needs the JavaFX modules, which the runtime has
"$jdk/bin/javac" --system "$image/lib/runtime" -d "$work/bare" "$here/BareWindow.java" 2> /dev/null \
  || "$jdk/bin/javac" --module-path "$here/../target/partflow/lib/javafx" --add-modules javafx.controls \
    -d "$work/bare" "$here/BareWindow.java"

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# start_ms, cpu_ms and rss_mib of one start of the command given
once() {
  local began line pid
  : > "$work/out"
  # every start is a first one: the sample opens and runs
  rm -rf "$work/home"
  mkdir "$work/home"
  export PARTFLOW_HOME=$work/home
  began=$(($(date +%s%N) / 1000000))
  "$@" > "$work/out" 2>&1 &
  local started=$!
  if ! await_line "$work/out" 'third-frame' 600 $started; then
    cat "$work/out" >&2
    echo "no third frame within a minute: $*" >&2
    kill $started 2> /dev/null || true
    exit 1
  fi
  line=$(grep third-frame "$work/out")
  pid=${line##* pid }
  cpu_ms=$(processor_ms "$pid")
  start_ms=${line#*epoch-ms }
  start_ms=$((${start_ms%% *} - began))
  sleep 3
  rss_mib=$(awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status")
  kill -TERM "$pid"
  wait $started 2> /dev/null || true
}

# several NAME COMMAND...: prints the row of the table, leaves the medians in median_start, median_cpu and median_rss
several() {
  local name=$1 i starts='' cpus='' rss=''
  shift
  once "$@"
  for ((i = 0; i < runs; i++)); do
    once "$@"
    starts="$starts$start_ms"$'\n'
    cpus="$cpus$cpu_ms"$'\n'
    rss="$rss$rss_mib"$'\n'
  done
  median_start=$(printf %s "$starts" | median)
  median_rss=$(printf %s "$rss" | median)
  median_cpu=$(printf %s "$cpus" | median)
  printf '| %-8s | %-11s | %10d | %12d | %5d | %s | %s |\n' "$platform" "$name" "$median_start" "$median_cpu" \
    "$median_rss" "$(cut -d' ' -f1 /proc/loadavg)" "$(printf %s "$starts" | sort -n | paste -sd' ' -)"
}

broken=0
bound() { # NAME VALUE AT_MOST
  local verdict=holds
  if awk -v value="$2" -v most="$3" 'BEGIN {exit !(value > most)}'; then verdict=BROKEN broken=1; fi
  printf '%s: %s, at most %s: %s\n' "$1" "$2" "$3" "$verdict"
}

measure() { # the options of the platform
  local options="-Dpartflow.startup.trace=true -Duser.home=$work/home $*"
  several "workbench" env JAVA_TOOL_OPTIONS="$options" "$image/bin/partflow"
  local workbench_start=$median_start workbench_rss=$median_rss
  several "bare window" "$java" "${heap_options[@]}" "$@" --enable-native-access=javafx.graphics -cp "$work/bare" BareWindow
  verdicts+="$(bound "$platform, third frame, ms" "$workbench_start" $most_start_ms)"$'\n'
  verdicts+="$(bound "$platform, times a bare window" "$(awk -v a="$workbench_start" -v b="$median_start" 'BEGIN {printf "%.2f", a / b}')" $most_times_bare)"$'\n'
  verdicts+="$(bound "$platform, VmRSS 3 s later, MiB" "$workbench_rss" $most_rss_mib)"$'\n'
}

verdicts=
echo "$(uname -sm), $(nproc) processors, $("$java" -version 2>&1 | sed -n 2p)"
echo
echo "| platform | started     | frame 3 ms | processor ms |   MiB | load | all five, ms |"
echo "|---|---|---|---|---|---|---|"
platform=headless
measure "${headless_options[@]}"
if command -v Xvfb > /dev/null; then
  platform=Xvfb
  display=:$((90 + RANDOM % 100))
  Xvfb $display -screen 0 1600x1000x24 > /dev/null 2>&1 &
  server=$!
  trap 'kill $server; rm -rf "$work"' EXIT
  export DISPLAY=$display
  for ((i = 0; i < 100; i++)); do [ -e "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.05; done
  measure -Dprism.order=sw
fi
echo
printf %s "$verdicts"
case $verdicts in *BROKEN*) [ $check = no ] || exit 1 ;; esac
