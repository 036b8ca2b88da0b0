# Shared by linux.sh and macos.sh; sourced, not run. Expects bash.
# Sets: here, layout, out, version, jdk.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname "$here")
layout=$root/target/partflow
out=$root/target/package

usage() {
  echo "usage: $(basename "$0") [--layout target/partflow] [--out target/package] [--jdk JDK_25_FOLDER]" >&2
  exit 2
}

jdk=${JAVA_HOME:-}
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --layout) layout=$2 ;;
    --out) out=$2 ;;
    --jdk) jdk=$2 ;;
    *) usage ;;
  esac
  shift 2
done

if [ ! -x "$jdk/bin/jpackage" ]; then
  echo "No JDK with jpackage at '$jdk': set JAVA_HOME to a JDK 25 or pass --jdk." >&2
  exit 3
fi
main_jar=$(basename "$(ls "$layout"/lib/partflow-*.jar 2>/dev/null)" 2>/dev/null) || true
if [ -z "$main_jar" ]; then
  echo "No runnable layout at '$layout': run 'mvn package' first." >&2
  exit 3
fi
version=${main_jar#partflow-}
version=${version%.jar}

# The lines of a file without comments and empty ones.
lines() {
  grep -v -e '^#' -e '^[[:space:]]*$' "$1"
}

# A runtime with our modules alone. The native libraries of JavaFX lie in its lib folder, where JavaFX looks first;
# inside the module file they would be unpacked into the user's home at the first start.
link_runtime() {
  local runtime=$1 pattern=$2
  rm -rf "$runtime"
  "$jdk/bin/jlink" --module-path "$layout/lib/javafx" \
    --add-modules "$(lines "$here/modules.txt" | paste -sd, -)" \
    --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --exclude-resources "**$pattern" --output "$runtime"
  local jar
  for jar in "$layout"/lib/javafx/*.jar; do
    (cd "$runtime/lib" && unzip -q -o -j "$jar" "*$pattern" 2> /dev/null) || true
  done
  # jlink leaves the class archive of the JDK behind; without one a start takes twice as long
  "$runtime/bin/java" -Xshare:dump $(lines "$layout/lib/jvm.args" | grep -e '^-XX:+Use') > /dev/null
}

# What jpackage takes as input: the jars that are not JavaFX, and what the application reads beside them.
stage_input() {
  local input=$1
  rm -rf "$input"
  mkdir -p "$input"
  cp -p "$layout"/lib/*.jar "$input"
  local extra
  for extra in LICENSE samples completion; do
    if [ -e "$layout/$extra" ]; then cp -pR "$layout/$extra" "$input"; fi
  done
  # Faster at every start: style sheets compiled, fonts as files that need not be unpacked first.
  local work=$out/styles
  rm -rf "$work"
  mkdir -p "$work" "$input/fonts"
  (cd "$work" && unzip -q "$input/$main_jar" '*.css' '*.otf' '*.ttf')
  find "$work" \( -name '*.otf' -o -name '*.ttf' \) -exec mv {} "$input/fonts" \;
  "$jdk/bin/java" --module-path "$layout/lib/javafx" --add-modules javafx.graphics "$here/CompileStyles.java" "$work"
  (cd "$work" && find . -name '*.bss' | sed 's|^\./||' | xargs "$jdk/bin/jar" --update --file "$input/$main_jar")
  rm -rf "$work"
}

# Prints the options of the shipped Java, one a line. JavaFX is part of the runtime: it needs no --add-modules.
java_options() {
  lines "$layout/lib/jvm.args"
  lines "$layout/lib/javafx.args" | grep -v -e '^--add-modules'
  echo '-Dpartflow.home=$APPDIR'
  echo '-XX:AOTCache=$APPDIR/partflow.aot'
  # The class archive lies where it was dumped: moving it elsewhere costs time and memory at every start.
  echo '-XX:+UnlockDiagnosticVMOptions'
  # What the training run learnt of hot methods would have the optimising compiler start with the window.
  echo '-XX:-AOTReplayTraining'
  echo '-XX:ArchiveRelocationMode=0'
  # an outdated cache is no reason to talk to the user
  echo '-Xlog:aot=off,cds=off'
}

make_app_image() {
  local runtime=$1 input=$2 icon=$3 name=$4
  shift 4
  local options=() option
  while read -r option; do options+=(--java-options "$option"); done < <(java_options)
  rm -rf "${out:?}/$name" "${out:?}/$name.app"
  "$jdk/bin/jpackage" --type app-image --name "$name" --app-version "$version" \
    --vendor "Partflow" --copyright "Apache License 2.0" \
    --description "A workbench for streaming AI pipelines and their caches" \
    --runtime-image "$runtime" --input "$input" --main-jar "$main_jar" --main-class io.partflow.app.Launcher \
    --icon "$icon" --dest "$out" "${options[@]}" "$@"
}

# Starts the finished application: its version, and a picture of a sample drawn without a display.
prove() {
  local program=$1 said picture=$out/proof.png
  said=$("$program" --version)
  case $said in
    *"$version"*) echo "started: $said" ;;
    *) echo "'$program --version' said '$said', not $version" >&2; exit 1 ;;
  esac
  rm -f "$picture"
  echo "drawing without a display (headless platform of JavaFX)"
  "$program" picture "$root/samples/hello-hits.partflow.json" --size 1440x900 --out "$picture"
  # bytes 17 to 24 of a PNG: its width and height
  if [ "$(head -c 24 "$picture" | tail -c 8 | od -An -tx1 | tr -d ' \n')" != 000005a000000384 ]; then
    echo "'$picture' is no PNG of 1440x900" >&2
    exit 1
  fi
  echo "drew: $picture"
}
