# What the scripts need to know of an app-image; sourced, not run. Expects bash and $image.

app=$image/lib/app
java=$image/lib/runtime/bin/java

# Reads the image's own configuration into the arrays java_options and the variable class_path, so that a start of
# $java with them is the start that a user has.
read_image() {
  java_options=()
  class_path=
  local line value
  while IFS= read -r line; do
    value=${line#*=}
    value=${value//\$APPDIR/$app}
    case $line in
      app.classpath=*) class_path=${class_path:+$class_path:}$value ;;
      java-options=*) java_options+=("$value") ;;
    esac
  done < "$app/partflow.cfg"
}

# Waits until the file $1 holds a line that matches $2, at most $3 tenths of a second, or until process $4 ends.
await_line() {
  local tries=$(($3 * 5))
  until grep -q -- "$2" "$1" 2> /dev/null; do
    tries=$((tries - 1))
    if [ $tries -le 0 ] || ! kill -0 "$4" 2> /dev/null; then return 1; fi
    sleep 0.02
  done
}

# The milliseconds of processor time that process $1 has used, all its threads together: unlike the time on the clock,
# nearly the same on an idle machine and on a busy one.
processor_ms() {
  local ticks
  ticks=$(getconf CLK_TCK)
  awk -v ticks="$ticks" '{sub(/^.*\) /, ""); print int(($12 + $13) * 1000 / ticks)}' "/proc/$1/stat"
}

headless_options=(-Dglass.platform=Headless -Dprism.order=sw -Djava.awt.headless=true)
